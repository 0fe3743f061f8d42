package dev.longtail.exchange;

import dev.longtail.exchange.importing.SamplerChoice;

/** Reads the values of the option. */
final class SamplerConverter extends DashedEnumConverter<SamplerChoice> {

    SamplerConverter() {
        super(SamplerChoice.class);
    }
}
