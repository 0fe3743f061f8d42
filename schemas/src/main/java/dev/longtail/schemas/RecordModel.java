package dev.longtail.schemas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Finds the generated classes of this package, and no others, by the names in a schema.
 *
 * <p>Avro refuses to load any class that the whole process was not told to trust, lest a schema
 * from outside names a dangerous one. Here the schema is always the generated class's own, so its
 * types need no such permission, and no setting of the process has to change for it.
 */
final class RecordModel extends SpecificData {

    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    RecordModel(Class<? extends SpecificRecordBase> type) {
        super(type.getClassLoader());
        SpecificData.getForClass(type).getConversions().forEach(this::addLogicalTypeConversion);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM -> classes.computeIfAbsent(getClassName(schema), this::load);
            default -> super.getClass(schema);
        };
    }

    private Class<?> load(String name) {
        if (!name.startsWith(RecordModel.class.getPackageName() + ".")) {
            throw new IllegalArgumentException(
                    "expected a record of " + RecordModel.class.getPackage() + ", found " + name);
        }
        try {
            return Class.forName(name, true, getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the schemas jar lacks " + name, e);
        }
    }
}
