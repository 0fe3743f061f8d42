package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FoldKernelTest {

    @AfterEach
    void forget() {
        System.clearProperty(FoldKernel.PROPERTY);
    }

    @Test
    void choosesTheVectorApiExactlyWhereItIsOffered() {
        String expected = VectorApi.whyNot().isEmpty() ? "Vector API" : "plain Java";
        assertThat(FoldKernel.best().description()).startsWith(expected);
    }

    @Test
    void takesTheKernelThatIsAskedFor() {
        System.setProperty(FoldKernel.PROPERTY, "plain");
        assertThat(FoldKernel.best().description()).isEqualTo("plain Java");
    }

    @Test
    void refusesAnUnknownKernel() {
        System.setProperty(FoldKernel.PROPERTY, "fast");
        assertThatThrownBy(FoldKernel::best)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected -Dlongtail.kernel=plain or vector, found 'fast'");
    }
}
