package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A model that is not ours: saved by TensorFlow's own exporter, with variables of its own kind. */
class ForeignModelITCase {

    private static final Dataset DATASET = TinyData.draw(new ImageShape(4, 4, 1), 120, 60, 3, 1);

    @TempDir Path dir;

    @BeforeAll
    static void loadEngine() {
        TensorFlowEngine.load();
    }

    @Test
    void trains() throws Exception {
        export(true, false);
        ModelSource source = new ModelSource.Saved(dir);
        assertThat(source.describe(DATASET)).matches("own model [0-9a-f]{16}");
        SubsetSampler sampler = new SubsetSampler.FixedSize(120, 84);
        Optimizer optimizer = new Optimizer(10, 12, 0.5, 0, 0, Optimizer.Schedule.CONSTANT);
        try (ModelFactory factory = source.open(DATASET, Long.MAX_VALUE);
                TrialTrainer trainer = factory.trainer(sampler, optimizer)) {
            TrialOutcome first = trainer.run(TrialSeeds.of(1, 0), () -> false);
            trainer.run(TrialSeeds.of(1, 1), () -> false);
            TrialOutcome again = trainer.run(TrialSeeds.of(1, 0), () -> false);
            assertThat(first.includedAccuracy()).isGreaterThan(0.9);
            assertThat(again.trainCorrect()).isEqualTo(first.trainCorrect());
            assertThat(again.loss()).isEqualTo(first.loss());
        }
    }

    @Test
    void tellsEverythingThatIsMissing() throws IOException {
        export(false, true);
        try (ModelFactory factory = new ModelSource.Saved(dir).open(DATASET, Long.MAX_VALUE)) {
            assertThatThrownBy(factory::open)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("signature 'init' is missing")
                    .hasMessageContaining("input 'momentum' of 'train' is missing")
                    .hasMessageContaining("input 'seed' of 'train' is not expected")
                    .hasMessageContaining(
                            "output 'correct' of 'evaluate' should be DT_BOOL and is DT_FLOAT")
                    .hasMessageContaining("found: [evaluate, train]")
                    .hasMessageContaining("docs/own-model.md");
        }
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        Files.writeString(dir.resolve("saved_model.pb"), "nonsense");
        try (ModelFactory factory = new ModelSource.Saved(dir).open(DATASET, Long.MAX_VALUE)) {
            assertThatThrownBy(factory::open)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(dir.toString());
        }
    }

    @Test
    void tellsWhichShapesDoNotFit() throws Exception {
        export(true, false);
        Dataset other = TinyData.draw(new ImageShape(5, 5, 1), 20, 10, 3, 1);
        try (ModelFactory factory = new ModelSource.Saved(dir).open(other, Long.MAX_VALUE);
                TrialTrainer trainer =
                        factory.trainer(
                                new SubsetSampler.FixedSize(20, 14),
                                new Optimizer(1, 7, 0.5, 0, 0, Optimizer.Schedule.CONSTANT))) {
            assertThatThrownBy(() -> trainer.run(TrialSeeds.of(1, 0), () -> false))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("x(20, 5, 5, 1)");
        }
        ModelSource source = new ModelSource.Saved(dir);
        source.verify(DATASET);
        assertThatThrownBy(() -> source.verify(other))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("x(1, 5, 5, 1)");
    }

    /** One step of gradient descent on all examples that the index names. */
    private void export(boolean complete, boolean wrongTypes) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Variable<TFloat32> weight = tf.variable(Shape.of(16, 3), TFloat32.class);
            Placeholder<TFloat32> x =
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4, 4, 1)));
            Placeholder<TInt32> y = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
            Placeholder<TInt32> index =
                    tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<TFloat32> rate = scalar(tf, TFloat32.class);
            Placeholder<TFloat32> momentum = scalar(tf, TFloat32.class);
            Placeholder<TInt64> seed = scalar(tf, TInt64.class);
            Operand<TFloat32> start =
                    tf.random.statelessRandomNormal(
                            tf.constant(new long[] {16, 3}), tf.stack(List.of(seed, seed)));
            Op assigned = tf.assign(weight, start);
            Operand<TInt32> all = tf.reshape(index, tf.constant(new int[] {-1}));
            Operand<TFloat32> batch = tf.gather(x, all, tf.constant(0));
            Operand<TFloat32> loss =
                    CrossEntropy.mean(
                            tf, scores(tf, weight, batch), tf.gather(y, all, tf.constant(0)), 3);
            Operand<TFloat32> gradient =
                    tf.gradients(loss, List.of(weight)).<TFloat32>dy(0).asOutput();
            Op step = tf.train.applyGradientDescent(weight, rate, gradient);
            Operand<TFloat32> done = tf.withControlDependencies(step).identity(loss);
            Operand<TInt32> predicted =
                    tf.math.argMax(scores(tf, weight, x), tf.constant(1), TInt32.class);
            Operand<?> correct = tf.math.equal(predicted, y);
            Signature train =
                    Signature.builder("train")
                            .input("index", index)
                            .input("lr", rate)
                            .input(complete ? "momentum" : "seed", complete ? momentum : seed)
                            .input("x", x)
                            .input("y", y)
                            .output("loss", done)
                            .build();
            Signature evaluate =
                    Signature.builder("evaluate")
                            .input("x", x)
                            .input("y", y)
                            .output("correct", wrongTypes ? loss : correct)
                            .build();
            Signature init =
                    Signature.builder("init")
                            .input("seed", seed)
                            .output("done", tf.withControlDependencies(assigned).identity(seed))
                            .build();
            try (Session session = new Session(graph)) {
                session.runner()
                        .feed(seed, org.tensorflow.types.TInt64.scalarOf(1))
                        .addTarget(assigned.op())
                        .run();
                SavedModelBundle.Exporter exporter =
                        SavedModelBundle.exporter(dir.toString()).withSession(session);
                if (complete) {
                    exporter.withSignatures(init, train, evaluate).export();
                } else {
                    exporter.withSignatures(train, evaluate).export();
                }
            }
        }
    }

    private static Operand<TFloat32> scores(Ops tf, Operand<TFloat32> weight, Operand<TFloat32> x) {
        return tf.linalg.matMul(tf.reshape(x, tf.constant(new int[] {-1, 16})), weight);
    }

    private static <T extends org.tensorflow.types.family.TType> Placeholder<T> scalar(
            Ops tf, Class<T> type) {
        return tf.placeholder(type, Placeholder.shape(Shape.scalar()));
    }
}
