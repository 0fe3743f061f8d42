package dev.longtail.helm;

import java.util.Map;

/** What the build gives every Java of its ITCases, for those that get no environment from them. */
final class JavaOptions {

    private static final String VARIABLE = "JAVA_TOOL_OPTIONS";

    private JavaOptions() {}

    /** Variables of an environment; none where the build says nothing. */
    static Map<String, String> ofTests() {
        String options = System.getenv(VARIABLE);
        return options == null || options.isBlank() ? Map.of() : Map.of(VARIABLE, options);
    }
}
