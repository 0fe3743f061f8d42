package dev.longtail.exchange;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the constants of an enum as they are on the command line: {@code per-class}. */
abstract class DashedEnumConverter<E extends Enum<E>> implements ITypeConverter<E> {

    private final Class<E> type;

    DashedEnumConverter(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> dashed(constant).equals(value))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "expected one of %s, found '%s'"
                                                .formatted(names(), value)));
    }

    private String names() {
        return Arrays.stream(type.getEnumConstants())
                .map(DashedEnumConverter::dashed)
                .collect(Collectors.joining(", "));
    }

    private static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
