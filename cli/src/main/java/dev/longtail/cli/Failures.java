package dev.longtail.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a person sees when a command fails: the reasons in one line each; the stack trace only of
 * what looks like a mistake in the program, or where {@code LONGTAIL_STACK_TRACES} is set.
 */
final class Failures {

    private static final String STACK_TRACES = "LONGTAIL_STACK_TRACES";

    private Failures() {}

    /** Prints the failure to the command's standard error; returns the exit code. */
    static int report(Exception failure, CommandLine commandLine) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof ParameterException mistake) {
            return reportUsage(mistake);
        }
        List<String> reasons = reasons(failure);
        err.println("longtail: " + reasons.get(0));
        reasons.stream().skip(1).forEach(reason -> err.println("  because: " + reason));
        if (isProgramMistake(failure) || System.getenv(STACK_TRACES) != null) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.SOFTWARE;
    }

    /**
     * Prints what is wrong with a command's arguments and where to read on; returns the exit code.
     */
    static int reportUsage(ParameterException mistake) {
        CommandLine commandLine = mistake.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println(mistake.getMessage());
        if (needsBroker(mistake)) {
            err.println(
                    "No system runs in the work directory: 'longtail up' starts one, or name the brokers of another.");
        }
        boolean choosesCommand = !commandLine.getSubcommands().isEmpty();
        if (!UnmatchedArgumentException.printSuggestions(mistake, err) && choosesCommand) {
            commandLine.usage(err);
        } else {
            err.printf(
                    "'%s --help' explains the command.%n",
                    commandLine.getCommandSpec().qualifiedName());
        }
        err.flush();
        return ExitCode.USAGE;
    }

    private static boolean needsBroker(ParameterException mistake) {
        return mistake instanceof MissingParameterException missing
                && missing.getMissing().stream()
                        .anyMatch(
                                argument ->
                                        argument instanceof OptionSpec option
                                                && option.longestName()
                                                        .equals("--bootstrap-servers"));
    }

    private static List<String> reasons(Throwable failure) {
        List<String> reasons = new ArrayList<>();
        String last = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
            // Wrappers repeat the message of what they wrap.
            if (!last.contains(reason)) {
                reasons.add(reason);
                last = reason;
            }
        }
        return reasons;
    }

    private static boolean isProgramMistake(Throwable failure) {
        return failure instanceof NullPointerException
                || failure instanceof ClassCastException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof UnsupportedOperationException;
    }
}
