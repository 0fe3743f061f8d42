package dev.longtail.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;

/** Answers as JSON. Undefined numbers are null: JSON has no NaN, and 0 would be a lie. */
final class Json {

    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .registerModule(
                            new SimpleModule()
                                    .addSerializer(Double.class, new FiniteOrNull<>())
                                    .addSerializer(double.class, new FiniteOrNull<>())
                                    .addSerializer(Float.class, new FiniteOrNull<>())
                                    .addSerializer(float.class, new FiniteOrNull<>())
                                    .addSerializer(Instant.class, new Millis()));

    private Json() {}

    static byte[] bytes(Object answer) {
        try {
            return MAPPER.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + answer.getClass(), e);
        }
    }

    private static final class FiniteOrNull<T extends Number> extends JsonSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (Double.isFinite(value.doubleValue())) {
                if (value instanceof Float f) {
                    out.writeNumber(f);
                } else {
                    out.writeNumber(value.doubleValue());
                }
            } else {
                out.writeNull();
            }
        }
    }

    /** Times as milliseconds since 1970-01-01 UTC. */
    private static final class Millis extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeNumber(value.toEpochMilli());
        }
    }
}
