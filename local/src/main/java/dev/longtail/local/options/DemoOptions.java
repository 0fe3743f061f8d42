package dev.longtail.local.options;

import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Options of the trainers and of the job, for a command that runs both. */
public final class DemoOptions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec spec) {
        return new JobOptions().transform(new TrainOptions().transform(spec));
    }
}
