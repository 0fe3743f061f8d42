package dev.longtail.aggregator.wire;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's view of a message that is written by a {@link BinaryForm}: no reflection, no Kryo.
 *
 * @param <T> the message
 */
public final class BinaryType<T> extends TypeInformation<T> {

    private final Class<T> type;
    private final Class<? extends BinaryForm<T>> form;

    private BinaryType(Class<T> type, Class<? extends BinaryForm<T>> form) {
        this.type = type;
        this.form = form;
    }

    /** The type of a message. */
    public static <T> BinaryType<T> of(Class<T> type, Class<? extends BinaryForm<T>> form) {
        return new BinaryType<>(type, form);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new BinarySerializer<>(form);
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryType<?> that
                && type.equals(that.type)
                && form.equals(that.form);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, form);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof BinaryType;
    }
}
