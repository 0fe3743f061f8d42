package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import jdk.incubator.vector.IntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldKernelTest {

    @AfterEach
    void forget() {
        System.clearProperty(FoldKernel.PROPERTY);
    }

    @Test
    void choosesWhatTheProcessorAndTheJvmOffer() {
        boolean vectorsCount = Runtime.version().feature() >= 19;
        boolean isWide = IntVector.SPECIES_PREFERRED.vectorBitSize() >= 256;
        String expected =
                BitCountingProcessor.countsVectors()
                        ? vectorsCount ? "Vector API, \\d+-bit vectors" : "plain Java"
                        : isWide
                                ? "Vector API, tables of 4 trials, 256-bit vectors"
                                : "plain Java, carry-save adders";
        assertThat(FoldKernel.best().description()).matches(expected);
    }

    @Test
    void looksSumsUpWhereVectorsAreWide() {
        System.setProperty(FoldKernel.PROPERTY, "four-russians");
        int bits = IntVector.SPECIES_PREFERRED.vectorBitSize();
        if (bits < 256) {
            assertThatThrownBy(FoldKernel::best)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "-Dlongtail.kernel=four-russians, but vectors have %d bits here, not 256",
                            bits);
        } else {
            assertThat(FoldKernel.best()).isInstanceOf(FourRussiansFoldKernel.class);
        }
    }

    @Test
    void saysWhyVectorsCountNoBits() {
        System.setProperty(FoldKernel.PROPERTY, "vector");
        if (Runtime.version().feature() < 19) {
            assertThatThrownBy(FoldKernel::best)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "-Dlongtail.kernel=vector, but this is Java %d and vectors count bits from Java 19 on",
                            Runtime.version().feature());
        } else {
            assertThat(FoldKernel.best()).isInstanceOf(VectorFoldKernel.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, flags : fpu popcnt avx2 avx512f avx512_vpopcntdq rdpid, true",
        "amd64, flags : fpu popcnt avx2 avx512f, false",
        "x86_64, model name : avx512_vpopcntdq, false",
        "x86_64, '', false",
        "aarch64, Features : fp asimd, true",
    })
    void knowsProcessorsThatCountBitsInVectors(String architecture, String line, boolean counts) {
        assertThat(BitCountingProcessor.countsVectors(architecture, List.of("processor : 0", line)))
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource({"plain, plain Java", "carry-save, 'plain Java, carry-save adders'"})
    void takesTheKernelThatIsAskedFor(String name, String description) {
        System.setProperty(FoldKernel.PROPERTY, name);
        assertThat(FoldKernel.best().description()).isEqualTo(description);
    }

    @Test
    void refusesAnUnknownKernel() {
        System.setProperty(FoldKernel.PROPERTY, "fast");
        assertThatThrownBy(FoldKernel::best)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "expected -Dlongtail.kernel=plain, carry-save, vector or four-russians, found 'fast'");
    }
}
