package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.schemas.Split;

/** Names of examples, empty where none was published. */
final class ExampleNames {

    private ExampleNames() {}

    static String train(ExampleStore examples, int index) {
        return of(examples, Split.TRAIN, index);
    }

    static String of(ExampleStore examples, Split split, int index) {
        return examples.card(split, index).map(ExampleStore.Card::name).orElse("");
    }
}
