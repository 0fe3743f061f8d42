package dev.longtail.dashboard.web;

import dev.longtail.schemas.Split;
import io.javalin.http.Context;
import java.util.Locale;

/** A request's parameters, each within stated bounds; anything else is a clear error. */
final class Parameters {

    private final Context ctx;

    Parameters(Context ctx) {
        this.ctx = ctx;
    }

    int integer(String name, int fallback, int least, int most) {
        String text = ctx.queryParam(name);
        return text == null || text.isEmpty() ? fallback : integer(name, text, least, most);
    }

    Integer integerOrNull(String name, int least, int most) {
        String text = ctx.queryParam(name);
        return text == null || text.isEmpty() ? null : integer(name, text, least, most);
    }

    double number(String name, double fallback, double least, double most) {
        String text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("expected a number in '%s', found '%s'".formatted(name, text));
        }
        if (!(value >= least && value <= most)) {
            throw Problem.badRequest(
                    "expected %s <= %s <= %s, found %s".formatted(least, name, most, text));
        }
        return value;
    }

    String text(String name) {
        String text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) {
            throw Problem.badRequest("expected a parameter '" + name + "', found none");
        }
        return text;
    }

    boolean flag(String name, boolean fallback) {
        String text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw Problem.badRequest(
                            "expected true or false in '%s', found '%s'".formatted(name, text));
        };
    }

    <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        String text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        StringBuilder allowed = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            allowed.append(allowed.isEmpty() ? "" : ", ").append(word(constant));
        }
        throw Problem.badRequest(
                "expected one of %s in '%s', found '%s'".formatted(allowed, name, text));
    }

    Split split() {
        String text = ctx.pathParam("split");
        return switch (text) {
            case "train" -> Split.TRAIN;
            case "test" -> Split.TEST;
            default -> throw Problem.notFound("expected train or test, found '" + text + "'");
        };
    }

    int index(int size) {
        String text = ctx.pathParam("index");
        int index;
        try {
            index = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.notFound("expected an index, found '" + text + "'");
        }
        if (index < 0 || index >= size) {
            throw Problem.notFound(
                    size == 0
                            ? "this set has no examples"
                            : "expected an index from 0 to %d, found %d"
                                    .formatted(size - 1, index));
        }
        return index;
    }

    private static int integer(String name, String text, int least, int most) {
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest(
                    "expected a whole number in '%s', found '%s'".formatted(name, text));
        }
        if (value < least || value > most) {
            throw Problem.badRequest(
                    "expected %d <= %s <= %d, found %d".formatted(least, name, most, value));
        }
        return value;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
