package dev.longtail.exchange;

import dev.longtail.exchange.importing.TrialImport.OnError;

/** Reads the values of the option. */
final class OnErrorConverter extends DashedEnumConverter<OnError> {

    OnErrorConverter() {
        super(OnError.class);
    }
}
