/**
 * Programs as operating-system processes: started, watched, restarted, stopped in order.
 *
 * <p>Start reading at {@link dev.longtail.local.process.Supervisor}; {@link
 * dev.longtail.local.process.Child} is one program's life, {@link
 * dev.longtail.local.process.StopRequest} the reason why none outlives its supervisor.
 */
package dev.longtail.local.process;
