package dev.longtail.benchmarks.counting;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory and processor time as the system sees them. */
public final class ProcessUsage {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final String RESIDENT = "VmRSS:";

    private ProcessUsage() {}

    /** Largest resident memory so far, bytes; -1 where the system does not say. */
    public static long peakBytes() throws IOException {
        return status(PEAK);
    }

    /** Resident memory now, bytes; -1 where the system does not say. */
    public static long residentBytes() throws IOException {
        return status(RESIDENT);
    }

    private static long status(String field) throws IOException {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(-1);
        }
    }

    /** Memory of the machine, bytes. */
    static long ofMachine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    /** Processor time of this process so far, seconds. */
    public static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1e9;
    }
}
