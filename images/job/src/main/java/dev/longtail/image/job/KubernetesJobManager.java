package dev.longtail.image.job;

import dev.longtail.aggregator.application.HighAvailability;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint;
import org.apache.flink.runtime.entrypoint.ClusterEntrypointUtils;
import org.apache.flink.runtime.entrypoint.DynamicParametersConfigurationParserFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JobManager of Flink's native Kubernetes mode, which first sees to it that a job whose state
 * cannot be restored is not started from that state for ever.
 */
public final class KubernetesJobManager {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesJobManager.class);
    private static final int FAILED = 1;

    private KubernetesJobManager() {}

    /**
     * Runs until the cluster ends.
     *
     * @param arguments options of Flink as {@code -D NAME=VALUE}
     */
    public static void main(String[] arguments) {
        try {
            Configuration cluster =
                    GlobalConfiguration.loadConfiguration(
                            ClusterEntrypointUtils.parseParametersOrExit(
                                    arguments,
                                    new DynamicParametersConfigurationParserFactory(),
                                    KubernetesJobManager.class));
            FileSystem.initialize(cluster, PluginUtils.createPluginManagerFromRootFolder(cluster));
            HighAvailability.clearWhatCannotBeRestored(cluster);
        } catch (Exception e) {
            LOG.error("what the job is to be restored from could not be found out", e);
            System.exit(FAILED);
        }
        KubernetesApplicationClusterEntrypoint.main(arguments);
    }
}
