package dev.longtail.trials.training;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Signatures of a SavedModel from the tensors of a graph. */
final class Signatures {

    private static final String METHOD = "tensorflow/serving/predict";

    private Signatures() {}

    static SignatureDef of(Map<String, Operand<?>> inputs, Map<String, Operand<?>> outputs) {
        SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(METHOD);
        inputs.forEach((name, tensor) -> signature.putInputs(name, info(tensor)));
        outputs.forEach((name, tensor) -> signature.putOutputs(name, info(tensor)));
        return signature.build();
    }

    private static TensorInfo info(Operand<?> tensor) {
        Output<?> output = tensor.asOutput();
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        if (output.shape().isUnknown()) {
            shape.setUnknownRank(true);
        } else {
            for (long size : output.shape().asArray()) {
                shape.addDimBuilder().setSize(size);
            }
        }
        return TensorInfo.newBuilder()
                .setName(output.op().name() + ":" + output.index())
                .setDtype(output.dataType())
                .setTensorShape(shape)
                .build();
    }
}
