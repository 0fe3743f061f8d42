/**
 * NumPy's {@code .npy} and {@code .npz} files as streams: arrays of any size pass through a few
 * kilobytes of memory.
 *
 * <p>Start reading at {@link dev.longtail.exchange.numpy.NpzReader} and {@link
 * dev.longtail.exchange.numpy.NpzWriter}. Why there is no library here: docs/decisions/0701.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
package dev.longtail.exchange.numpy;
