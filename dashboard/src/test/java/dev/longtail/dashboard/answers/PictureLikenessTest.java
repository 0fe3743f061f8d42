package dev.longtail.dashboard.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureLikenessTest {

    private static Optional<byte[]> blob(int x, int y, int side, double noise) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillOval(x, y, side / 3, side / 2);
        g.dispose();
        Random random = new Random(1);
        for (int p = 0; p < side * side; p++) {
            if (random.nextDouble() < noise) {
                image.setRGB(p % side, p / side, 0x808080);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return Optional.of(png.toByteArray());
    }

    @Test
    void isOneForTheSamePictureAndHighForNearDuplicates() throws IOException {
        assertThat(PictureLikeness.of(blob(5, 5, 28, 0), blob(5, 5, 28, 0))).isEqualTo(1);
        assertThat(PictureLikeness.of(blob(5, 5, 28, 0), blob(6, 5, 28, 0.03)))
                .isGreaterThan(NearDuplicates.LEAST);
        assertThat(PictureLikeness.of(blob(2, 2, 28, 0), blob(17, 12, 28, 0))).isLessThan(0.3);
    }

    @Test
    void comparesPicturesOfDifferentSizes() throws IOException {
        assertThat(PictureLikeness.of(blob(5, 5, 28, 0), blob(10, 10, 56, 0)))
                .isGreaterThan(NearDuplicates.LEAST);
    }

    @Test
    void isUndefinedWithoutReadablePictures() throws IOException {
        Optional<byte[]> none = Optional.empty();
        assertThat(PictureLikeness.of(none, blob(5, 5, 28, 0))).isNaN();
        assertThat(PictureLikeness.of(Optional.of("<svg/>".getBytes()), blob(5, 5, 28, 0))).isNaN();
        assertThat(PictureLikeness.of(blob(-99, -99, 28, 0), blob(5, 5, 28, 0))).isNaN();
    }
}
