package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The released operator's classes make of the chart's FlinkDeployment what they make of it in a
 * cluster, and Flink asks Kubernetes for its TaskManager; whatever pods result run from the files
 * of our image. They count, answer, go on after either of them died, after upgrades, and when the
 * newest state cannot be restored.
 */
@Timeout(1200)
class OperatorClusterITCase {

    private static final String STORAGE = "file:/var/lib/longtail/storage/";

    private static final boolean IS_FULL_LENGTH =
            System.getProperty("faults.length", "short").equals("full");

    @TempDir Path dir;
    private OperatedSystem system;
    private GeneratedTrials trials;

    @BeforeEach
    void start() throws Exception {
        String obstacle = LocalContainer.obstacle();
        Assumptions.assumeTrue(
                obstacle.isEmpty(),
                () -> "SKIPPED: containers take unshare and user namespaces: " + obstacle);
        system = new OperatedSystem(dir);
        system.install();
        trials = new GeneratedTrials(TestExperiment.small(), system.bootstrapServers());
        trials.describe(TestExperiment.small());
    }

    @AfterEach
    void stop() throws Exception {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void countsAnswersAndGoesOnAfterDeathsUpgradesAndLostState() throws Exception {
        trials.publish(64);
        system.job().requireExactAnswers(trials.counted());
        system.job().awaitCheckpoints(2);

        system.pods().kill("jobmanager");
        system.job().awaitRestoredFrom(STORAGE + "digits/.*/chk-.*");
        trials.publish(40);
        system.job().requireExactAnswers(trials.counted());

        system.release().upgrade(Map.of("flink.settings.refresh", 300));
        system.job().awaitAllTasks();
        system.operator().upgradeBySavepoint();
        system.job().awaitRestoredFrom(STORAGE + "digits-savepoints/.*");
        trials.publish(8);
        system.job().requireExactAnswers(trials.counted());
        system.job().awaitCheckpoints(1);

        system.release().upgrade(Map.of("flink.settings.refresh", 250));
        system.operator().upgradeByLastState();
        system.job().awaitRestoredFrom(STORAGE + "digits/.*/chk-.*");
        trials.publish(8);
        system.job().requireExactAnswers(trials.counted());
        assertThat(system.services()).contains("demo-longtail-flink-rest");

        goesBackWhenFilesOfCheckpointsAreLost();
        if (IS_FULL_LENGTH) {
            goesBackWhenFlinksPointerIsDamaged();
        }
    }

    /**
     * Of the newest checkpoint and all that share files with it; left is the savepoint. A
     * TaskManager that died makes the job look for them.
     */
    private void goesBackWhenFilesOfCheckpointsAreLost() throws Exception {
        system.pods().kill("taskmanager");
        for (Path file : system.stored("digits/**")) {
            if (!file.endsWith("_metadata")) {
                // Flink deletes files of older checkpoints meanwhile.
                Files.deleteIfExists(file);
            }
        }
        system.job().awaitRestoredFrom(STORAGE + "digits-savepoints/.*");
        trials.publish(8);
        system.job().requireExactAnswers(trials.counted());
        system.job().awaitCheckpoints(2);
    }

    /** Flink's JobManager dies of it, three times until it is given up. */
    private void goesBackWhenFlinksPointerIsDamaged() throws Exception {
        for (Path file : system.stored("digits-ha/**/completedCheckpoint*")) {
            Files.write(file, new byte[] {1, 2, 3});
        }
        system.pods().kill("jobmanager");
        system.job().awaitRestoredFrom(STORAGE + "digits/.*/chk-.*");
        trials.publish(8);
        system.job().requireExactAnswers(trials.counted());
    }
}
