package dev.longtail.aggregator.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer that delegates to a {@link BinaryForm}. Messages are immutable: no copies.
 *
 * <p>A checkpoint that overtook messages holds them: so each says of which format it is, and a
 * release with another one refuses it instead of reading numbers that are none.
 */
final class BinarySerializer<T> extends TypeSerializer<T> {

    /** Of all forms; one more with every change of one. */
    private static final byte FORMAT = 1;

    private final Class<? extends BinaryForm<T>> formClass;
    private transient BinaryForm<T> form;

    BinarySerializer(Class<? extends BinaryForm<T>> formClass) {
        this.formClass = formClass;
    }

    Class<? extends BinaryForm<T>> formClass() {
        return formClass;
    }

    private BinaryForm<T> form() {
        if (form == null) {
            try {
                form = formClass.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        formClass + " needs a public constructor without arguments", e);
            }
        }
        return form;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new BinarySerializer<>(formClass);
    }

    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T message, DataOutputView target) throws IOException {
        target.writeByte(FORMAT);
        form().write(message, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        byte format = source.readByte();
        if (format != FORMAT) {
            throw new IOException(
                    "expected messages of format %d, found %d: the checkpoint holds messages between tasks of another release; continue from a savepoint, which holds none"
                            .formatted(FORMAT, format));
        }
        return form().read(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinarySerializer<?> that && formClass.equals(that.formClass);
    }

    @Override
    public int hashCode() {
        return formClass.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new BinarySerializerSnapshot<>(formClass);
    }
}
