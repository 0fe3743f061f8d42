package dev.longtail.trials.training;

import dev.longtail.trials.data.ImageShape;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which network a body is, as a properties file.
 *
 * @param spec the network
 * @param input size of the pictures that it takes
 */
record BodyProperties(ModelSpec spec, ImageShape input) {

    private static final String FILE = "body.properties";

    void write(Path directory) {
        Properties properties = new Properties();
        properties.setProperty("input-height", String.valueOf(input.height()));
        properties.setProperty("input-width", String.valueOf(input.width()));
        properties.setProperty("input-channels", String.valueOf(input.channels()));
        if (spec instanceof ModelSpec.Mlp mlp) {
            properties.setProperty("model", "mlp");
            properties.setProperty(
                    "hidden",
                    mlp.hidden().stream().map(String::valueOf).collect(Collectors.joining(",")));
        } else if (spec instanceof ModelSpec.ResNet resNet) {
            properties.setProperty("model", "resnet");
            properties.setProperty("width", String.valueOf(resNet.width()));
            properties.setProperty("blocks", String.valueOf(resNet.blocks()));
            properties.setProperty("crop-margin", String.valueOf(resNet.margin()));
            properties.setProperty("flip", String.valueOf(resNet.flip()));
        } else {
            throw new ModelException(
                    "--model: expected mlp or resnet for a body, whose last layers are trained anew");
        }
        try (Writer writer = Files.newBufferedWriter(directory.resolve(FILE))) {
            properties.store(writer, "A trained body of Longtail");
        } catch (IOException e) {
            throw new ModelException(
                    "cannot write %s: %s".formatted(directory.resolve(FILE), e.getMessage()), e);
        }
    }

    /**
     * @throws ModelException when the directory holds no body
     */
    static BodyProperties read(Path directory) {
        Path file = directory.resolve(FILE);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return new BodyProperties(
                    spec(properties),
                    new ImageShape(
                            number(properties, "input-height"),
                            number(properties, "input-width"),
                            number(properties, "input-channels")));
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelException(
                    "expected a body that 'longtail train-body' saved in %s, cannot read %s: %s"
                            .formatted(directory.toAbsolutePath(), FILE, e.getMessage()),
                    e);
        }
    }

    private static ModelSpec spec(Properties properties) {
        String model = properties.getProperty("model", "");
        return switch (model) {
            case "mlp" -> {
                List<Integer> hidden =
                        Stream.of(properties.getProperty("hidden", "").split(","))
                                .map(Integer::valueOf)
                                .toList();
                yield new ModelSpec.Mlp(hidden);
            }
            case "resnet" ->
                    new ModelSpec.ResNet(
                            number(properties, "width"),
                            number(properties, "blocks"),
                            number(properties, "crop-margin"),
                            Boolean.parseBoolean(properties.getProperty("flip")));
            default -> throw new IllegalArgumentException("unknown model '" + model + "'");
        };
    }

    private static int number(Properties properties, String name) {
        return Integer.parseInt(properties.getProperty(name, ""));
    }
}
