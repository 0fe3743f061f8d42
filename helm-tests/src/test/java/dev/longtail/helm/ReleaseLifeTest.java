package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Install, upgrade and uninstall against a server that keeps objects as Kubernetes does. */
@Timeout(120)
class ReleaseLifeTest {

    @TempDir Path dir;
    private MockCluster cluster;
    private TestRelease release;

    @BeforeEach
    void startCluster() throws IOException {
        cluster = MockCluster.start();
        release = new TestRelease(cluster.client(), cluster.kubeConfig(dir));
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void installsUpgradesAndUninstalls() {
        Release installed = release.install(Chart.mode("standalone"));
        String firstJob = release.trainers().get(0).getMetadata().getName();

        assertThat(installed.getStatus()).isEqualTo("deployed");
        assertThat(release.taskManagers().getSpec().getReplicas()).isEqualTo(2);
        assertThat(release.trainers()).hasSize(1);

        Release upgraded =
                release.upgrade(
                        Map.of(
                                "flink.taskManager.replicas", 3,
                                "flink.parallelism", 3,
                                "trainers.parallelism", 2));

        assertThat(upgraded.getRevision()).isEqualTo("2");
        assertThat(release.taskManagers().getSpec().getReplicas()).isEqualTo(3);
        assertThat(release.trainers()).singleElement().satisfies(this::isScaledInPlace);
        assertThat(release.trainers().get(0).getMetadata().getName()).isEqualTo(firstJob);

        release.uninstall();

        assertThat(release.left()).isEmpty();
    }

    private void isScaledInPlace(Job job) {
        assertThat(job.getSpec().getParallelism()).isEqualTo(2);
        assertThat(job.getSpec().getCompletions()).isEqualTo(4);
    }

    /** What an upgrade changes within a pod arrives, and what it does not change stays. */
    @Test
    void anUpgradeChangesPartsOfAPod() {
        release.install(Chart.mode("standalone"));
        PodSpec before = release.taskManagers().getSpec().getTemplate().getSpec();

        release.upgrade(Map.of("flink.image.tag", "2.0", "flink.taskManager.memoryMiB", 8192));

        PodSpec after = release.taskManagers().getSpec().getTemplate().getSpec();
        Container container = after.getContainers().get(0);
        assertThat(container.getImage()).isEqualTo("longtail/job:2.0");
        assertThat(container.getResources().getLimits().get("memory"))
                .isEqualTo(Quantity.parse("8192Mi"));
        assertThat(container.getPorts()).isEqualTo(before.getContainers().get(0).getPorts());
        assertThat(container.getVolumeMounts())
                .containsExactlyInAnyOrderElementsOf(
                        before.getContainers().get(0).getVolumeMounts());
        assertThat(after.getVolumes()).containsExactlyInAnyOrderElementsOf(before.getVolumes());
        assertThat(after.getSecurityContext()).isEqualTo(before.getSecurityContext());
    }

    /** A Job's pods are immutable: new settings must make a new Job and remove the old one. */
    @Test
    void otherSettingsOfTrainersReplaceTheirJob() {
        release.install(Chart.mode("standalone"));
        String first = release.trainers().get(0).getMetadata().getName();

        release.upgrade(Map.of("trainers.trials", "0..7999"));

        assertThat(release.trainers())
                .singleElement()
                .satisfies(job -> assertThat(job.getMetadata().getName()).isNotEqualTo(first));
    }

    /** Uninstalling a release must not delete the counts of weeks of training. */
    @Test
    void theClaimWithTheStateOutlivesTheRelease() {
        release.install(Chart.mode("strimzi-volume"));
        release.uninstall();

        assertThat(release.left())
                .singleElement()
                .isInstanceOf(PersistentVolumeClaim.class)
                .satisfies(
                        claim ->
                                assertThat(claim.getMetadata().getName())
                                        .isEqualTo("tail-storage"));
    }
}
