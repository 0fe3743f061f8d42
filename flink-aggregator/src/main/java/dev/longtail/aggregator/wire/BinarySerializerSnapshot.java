package dev.longtail.aggregator.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/**
 * Remembers by name which form wrote the bytes.
 *
 * @param <T> the message
 */
public final class BinarySerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int VERSION = 1;

    private Class<? extends BinaryForm<T>> formClass;

    /** For Flink, before it reads a snapshot. */
    public BinarySerializerSnapshot() {}

    BinarySerializerSnapshot(Class<? extends BinaryForm<T>> formClass) {
        this.formClass = formClass;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(formClass.getName());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
            throws IOException {
        formClass =
                (Class<? extends BinaryForm<T>>)
                        (Class<?>)
                                InstantiationUtil.resolveClassByName(
                                        in, classLoader, BinaryForm.class);
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new BinarySerializer<>(formClass);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        return old instanceof BinarySerializerSnapshot<T> that && formClass.equals(that.formClass)
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
