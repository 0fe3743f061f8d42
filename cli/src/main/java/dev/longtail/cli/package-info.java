/**
 * The command line: puts the programs of all modules under one command and knows nothing else.
 *
 * <p>Start reading at {@link dev.longtail.cli.Longtail}. The module's {@code target/lib} is the
 * class path of the launcher script {@code longtail} and of every process that it starts.
 */
package dev.longtail.cli;
