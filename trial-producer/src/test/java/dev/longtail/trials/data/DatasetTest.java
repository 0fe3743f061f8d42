package dev.longtail.trials.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static final ImageShape SHAPE = new ImageShape(2, 2, 1);

    @Test
    void fingerprintSeesPicturesLabelsOrderAndSplit() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8};
        Dataset one = dataset(pixels, new int[] {0, 1});
        assertThat(one.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(dataset(pixels.clone(), new int[] {0, 1}).fingerprint())
                .isEqualTo(one.fingerprint());
        assertThat(dataset(pixels, new int[] {1, 0}).fingerprint()).isNotEqualTo(one.fingerprint());
        assertThat(dataset(new byte[] {5, 6, 7, 8, 1, 2, 3, 4}, new int[] {0, 1}).fingerprint())
                .isNotEqualTo(one.fingerprint());
        Dataset swapped =
                new Dataset("x", one.test(), one.train(), one.classNames(), Optional.empty());
        assertThat(swapped.fingerprint()).isNotEqualTo(one.fingerprint());
    }

    @Test
    void refusesLabelsWithoutClass() {
        assertThatThrownBy(() -> dataset(new byte[4], new int[] {2}))
                .hasMessage("x: expected labels below the number of classes 2, found 2");
        assertThatThrownBy(() -> dataset(new byte[4], new int[] {-1}))
                .hasMessage("expected labels from 0, found -1 at example 0");
        assertThatThrownBy(() -> dataset(new byte[0], new int[0]))
                .hasMessage("x: expected training examples, found none");
    }

    @Test
    void thumbnailsAreSmallPngsOfThePicture() throws IOException {
        Images grey = new ByteImages(SHAPE, ByteBuffer.wrap(new byte[] {0, (byte) 255, 10, 20}));
        var small = ImageIO.read(new ByteArrayInputStream(Thumbnail.png(grey, 0)));
        assertThat(small.getRaster().getSample(1, 0, 0)).isEqualTo(255);
        assertThat(small.getRaster().getSample(1, 1, 0)).isEqualTo(20);

        ImageShape large = new ImageShape(300, 200, 3);
        byte[] noise = new byte[large.length()];
        new Random(1).nextBytes(noise);
        byte[] png = Thumbnail.png(new ByteImages(large, ByteBuffer.wrap(noise)), 0);
        assertThat(png.length).isLessThanOrEqualTo(Thumbnail.MAX_BYTES);
        var scaled = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(scaled.getHeight()).isBetween(40, 96);
        assertThat((double) scaled.getHeight() / scaled.getWidth()).isBetween(1.45, 1.55);
    }

    private static Dataset dataset(byte[] pixels, int[] labels) {
        ExampleSet train =
                new ExampleSet(new ByteImages(SHAPE, ByteBuffer.wrap(pixels)), labels, List.of());
        ExampleSet test =
                new ExampleSet(
                        new ByteImages(SHAPE, ByteBuffer.wrap(new byte[4])),
                        new int[] {0},
                        List.of());
        return new Dataset("x", train, test, List.of("zero", "one"), Optional.empty());
    }
}
