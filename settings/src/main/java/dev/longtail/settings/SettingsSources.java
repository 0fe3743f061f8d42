package dev.longtail.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values for options that no flag sets, looked up in this order: environment variable,
 * configuration file, the system running in the work directory. What none of them sets keeps the
 * default that stands in the option itself.
 *
 * <ul>
 *   <li>environment: {@code --bootstrap-servers} is {@code LONGTAIL_BOOTSTRAP_SERVERS};
 *   <li>file: a properties file named by {@code LONGTAIL_CONFIG}, keys without the dashes;
 *   <li>running system: {@value #RUNNING_SYSTEM_FILE} in the work directory ({@code
 *       LONGTAIL_WORK_DIR}, by default {@value #DEFAULT_WORK_DIR}), written by {@code longtail up}
 *       and {@code longtail demo} while they run.
 * </ul>
 */
public final class SettingsSources implements IDefaultValueProvider {

    /** The work directory where nothing else is said, relative to the current directory. */
    public static final String DEFAULT_WORK_DIR = ".longtail";

    /** File in the work directory that tells other commands where the running system listens. */
    public static final String RUNNING_SYSTEM_FILE = "system.properties";

    /** Key in {@value #RUNNING_SYSTEM_FILE}: id of the process that the system ends with. */
    public static final String SUPERVISOR = "supervisor";

    private static final String PREFIX = "LONGTAIL_";

    private final Map<String, String> environment;
    private final Properties configFile;
    private final Properties runningSystem;

    private SettingsSources(
            Map<String, String> environment, Properties configFile, Properties runningSystem) {
        this.environment = environment;
        this.configFile = configFile;
        this.runningSystem = runningSystem;
    }

    /**
     * The sources named by an environment.
     *
     * @param environment usually {@code System.getenv()}
     * @throws UncheckedIOException when {@code LONGTAIL_CONFIG} names a file that cannot be read
     */
    public static SettingsSources of(Map<String, String> environment) {
        String configFile = environment.get(PREFIX + "CONFIG");
        Path workDir = Path.of(environment.getOrDefault(PREFIX + "WORK_DIR", DEFAULT_WORK_DIR));
        Path running = workDir.resolve(RUNNING_SYSTEM_FILE);
        return new SettingsSources(
                Map.copyOf(environment),
                configFile == null ? new Properties() : load(Path.of(configFile)),
                Files.isReadable(running) ? ofLiving(load(running)) : new Properties());
    }

    /** A system whose supervisor was killed leaves its file behind: it listens nowhere any more. */
    private static Properties ofLiving(Properties running) {
        String supervisor = running.getProperty(SUPERVISOR);
        boolean gone =
                supervisor != null
                        && ProcessHandle.of(Long.parseLong(supervisor))
                                .filter(ProcessHandle::isAlive)
                                .isEmpty();
        return gone ? new Properties() : running;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String name = settingName(option);
        String fromEnvironment = environment.get(environmentName(name));
        if (fromEnvironment != null) {
            return fromEnvironment;
        }
        return configFile.getProperty(name, runningSystem.getProperty(name));
    }

    /** The name of a setting: its longest flag without the leading dashes. */
    static String settingName(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** The environment variable of a setting. */
    static String environmentName(String settingName) {
        return PREFIX + settingName.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the settings file " + file, e);
        }
        return properties;
    }
}
