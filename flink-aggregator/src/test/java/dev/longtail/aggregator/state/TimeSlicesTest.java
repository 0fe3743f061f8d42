package dev.longtail.aggregator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On the kernel itself. */
@EnabledOnOs(OS.LINUX)
class TimeSlicesTest {

    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** Fields after the name, which ends with the last parenthesis; see proc(5). */
    private static final int NICE = 19 - 3;

    private static final int POLICY = 41 - 3;

    private final TimeSlices slices = TimeSlices.ofThisSystem();

    private static boolean hasSlices() {
        Matcher release = RELEASE.matcher(System.getProperty("os.version"));
        assertThat(release.matches()).isTrue();
        int major = Integer.parseInt(release.group(1));
        return major > 6 || major == 6 && Integer.parseInt(release.group(2)) >= 12;
    }

    private void shortenOwn() throws IOException {
        int own = ownNumber();
        boolean told = slices.nanos(own).isPresent();
        assertThat(slices.shorten(own)).isEqualTo(told);
        if (told) {
            assertThat(slices.nanos(own)).hasValue(100_000);
        }
    }

    private static void inAnotherThread(Callable<Void> test) throws Exception {
        FutureTask<Void> run = new FutureTask<>(test);
        new Thread(run, "another").start();
        run.get();
    }

    private static int ownNumber() throws IOException {
        Path own = Files.readSymbolicLink(Path.of("/proc/thread-self"));
        return Integer.parseInt(own.getFileName().toString());
    }

    private static String[] status(int thread) throws IOException {
        String stat = Files.readString(Path.of("/proc/self/task/" + thread + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    @Test
    void aThreadGetsAShortSliceAndKeepsItsShare() throws Exception {
        inAnotherThread(
                () -> {
                    String[] before = status(ownNumber());
                    shortenOwn();
                    String[] after = status(ownNumber());
                    assertThat(after[NICE]).isEqualTo(before[NICE]);
                    assertThat(after[POLICY]).isEqualTo(before[POLICY]);
                    return null;
                });
    }

    @Test
    void linuxHasSlicesFromRelease612On() throws Exception {
        assumeTrue(hasSlices() && (Platform.isIntel() || Platform.isARM()));
        assertThat(slices.nanos(ownNumber())).isPresent();
    }

    @Test
    void otherThreadsKeepTheirs() throws Exception {
        OptionalLong before = slices.nanos(ownNumber());
        inAnotherThread(
                () -> {
                    shortenOwn();
                    return null;
                });
        assertThat(slices.nanos(ownNumber()))
                .isEqualTo(before)
                .isNotEqualTo(OptionalLong.of(100_000));
    }

    @Test
    void aThreadThatDoesNotExistIsRefused() {
        assertThat(slices.shorten(Integer.MAX_VALUE)).isFalse();
        assertThat(slices.nanos(Integer.MAX_VALUE)).isEmpty();
    }
}
