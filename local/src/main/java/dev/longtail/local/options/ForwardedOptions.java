package dev.longtail.local.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Gives a command the options of a program that it starts, and hands on what was set.
 *
 * <p>A subclass names the program's settings; it goes into {@code @Command(modelTransformer =
 * ...)}.
 */
public abstract class ForwardedOptions implements IModelTransformer {

    private final Object settings;
    private final Set<String> ownBusiness;

    /**
     * @param settings the program's settings
     * @param ownBusiness flags that the command sets itself
     */
    protected ForwardedOptions(Object settings, Set<String> ownBusiness) {
        this.settings = settings;
        this.ownBusiness = ownBusiness;
    }

    @Override
    public CommandSpec transform(CommandSpec spec) {
        for (OptionSpec option : CommandSpec.forAnnotatedObject(settings).options()) {
            boolean clashes = spec.findOption(option.longestName()) != null;
            if (!clashes && !ownBusiness.contains(option.longestName())) {
                spec.addOption(OptionSpec.builder(option).build());
            }
        }
        return spec;
    }

    /**
     * Arguments for the program: flags as a person wrote them, then those that the environment, the
     * configuration file or the running system set.
     *
     * @param spec the command, after its command line was parsed
     */
    public List<String> arguments(CommandSpec spec) {
        ParseResult given = spec.commandLine().getParseResult();
        IDefaultValueProvider elsewhere = spec.commandLine().getDefaultValueProvider();
        List<String> arguments = new ArrayList<>();
        for (OptionSpec option : CommandSpec.forAnnotatedObject(settings).options()) {
            String name = option.longestName();
            if (ownBusiness.contains(name)) {
                continue;
            }
            if (given.hasMatchedOption(name)) {
                OptionSpec matched = given.matchedOption(name);
                if (matched.arity().max() == 0) {
                    arguments.add(name);
                } else {
                    matched.originalStringValues().forEach(v -> arguments.add(name + "=" + v));
                }
            } else if (elsewhere != null) {
                String value = defaultValue(elsewhere, option);
                if (value != null) {
                    arguments.add(name + "=" + value);
                }
            }
        }
        return arguments;
    }

    private static String defaultValue(IDefaultValueProvider provider, OptionSpec option) {
        try {
            return provider.defaultValue(option);
        } catch (Exception e) {
            throw new IllegalStateException("no default for " + option.longestName(), e);
        }
    }
}
