package dev.longtail.trials.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Whether a SavedModel, perhaps a foreign one, carries its own training as it must. */
final class SignatureCheck {

    private record Expected(
            String signature, Map<String, DataType> inputs, Map<String, DataType> outputs) {}

    private static final List<Expected> ALL =
            List.of(
                    new Expected(
                            ModelSession.INIT,
                            Map.of("seed", DataType.DT_INT64),
                            Map.of("done", DataType.DT_INT64)),
                    new Expected(
                            ModelSession.TRAIN,
                            Map.of(
                                    "index", DataType.DT_INT32,
                                    "lr", DataType.DT_FLOAT,
                                    "momentum", DataType.DT_FLOAT,
                                    "x", DataType.DT_FLOAT,
                                    "y", DataType.DT_INT32),
                            Map.of("loss", DataType.DT_FLOAT)),
                    new Expected(
                            ModelSession.EVALUATE,
                            Map.of("x", DataType.DT_FLOAT, "y", DataType.DT_INT32),
                            Map.of("correct", DataType.DT_BOOL)));

    private SignatureCheck() {}

    /**
     * Refuses a model without the three signatures.
     *
     * @throws ModelException that lists everything that is missing or of another type
     */
    static void check(Path directory, MetaGraphDef model) {
        List<String> wrong = new ArrayList<>();
        for (Expected expected : ALL) {
            SignatureDef found = model.getSignatureDefMap().get(expected.signature());
            if (found == null) {
                wrong.add("signature '%s' is missing".formatted(expected.signature()));
            } else {
                compare(
                        expected.signature(),
                        "input",
                        expected.inputs(),
                        found.getInputsMap(),
                        wrong);
                compare(
                        expected.signature(),
                        "output",
                        expected.outputs(),
                        found.getOutputsMap(),
                        wrong);
            }
        }
        if (!wrong.isEmpty()) {
            throw new ModelException(
                    "%s is not a model that can be trained: %s. Expected signatures: %s; found: %s. docs/own-model.md shows how to export one."
                            .formatted(
                                    directory.toAbsolutePath(),
                                    String.join("; ", wrong),
                                    "init(seed) -> done, train(index, lr, momentum, x, y) -> loss, evaluate(x, y) -> correct",
                                    new TreeMap<>(model.getSignatureDefMap()).keySet()));
        }
    }

    private static void compare(
            String signature,
            String side,
            Map<String, DataType> expected,
            Map<String, TensorInfo> found,
            List<String> wrong) {
        new TreeMap<>(expected)
                .forEach(
                        (name, type) -> {
                            TensorInfo tensor = found.get(name);
                            if (tensor == null) {
                                wrong.add(
                                        "%s '%s' of '%s' is missing"
                                                .formatted(side, name, signature));
                            } else if (tensor.getDtype() != type) {
                                wrong.add(
                                        "%s '%s' of '%s' should be %s and is %s"
                                                .formatted(
                                                        side,
                                                        name,
                                                        signature,
                                                        type,
                                                        tensor.getDtype()));
                            }
                        });
        found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .sorted()
                .forEach(
                        name ->
                                wrong.add(
                                        "%s '%s' of '%s' is not expected"
                                                .formatted(side, name, signature)));
    }
}
