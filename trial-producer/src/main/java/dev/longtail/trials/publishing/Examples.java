package dev.longtail.trials.publishing;

import dev.longtail.schemas.Example;
import dev.longtail.schemas.Split;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.Thumbnail;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What indices mean, as records for people to look at. */
public final class Examples {

    private Examples() {}

    /** All examples of a data set, with pictures. */
    public static Stream<Example> of(Dataset dataset) {
        return Stream.concat(of(Split.TRAIN, dataset.train()), of(Split.TEST, dataset.test()));
    }

    /** All examples of one split, with pictures. */
    public static Stream<Example> of(Split split, ExampleSet examples) {
        return IntStream.range(0, examples.size())
                .mapToObj(
                        i ->
                                Example.newBuilder()
                                        .setSplit(split)
                                        .setIndex(i)
                                        .setLabel(examples.labels()[i])
                                        .setName(examples.name(i))
                                        .setPicture(
                                                ByteBuffer.wrap(
                                                        Thumbnail.png(examples.images(), i)))
                                        .build());
    }
}
