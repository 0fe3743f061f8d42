package dev.longtail.faults;

import static org.awaitility.Awaitility.await;

import com.sun.jdi.ArrayType;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectCollectedException;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VMOutOfMemoryException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Holds a thread of another JVM as it enters a method, so that the JVM can be killed exactly there.
 * It is a debugger without a user: the program that is tested stays as it is.
 */
final class Breakpoint implements AutoCloseable {

    private static final long LOOK_MILLIS = 20;
    private static final int LARGEST_ARRAY = 8 * 1024 * 1024;

    private final VirtualMachine vm;
    private final String method;
    private boolean hit;

    private Breakpoint(VirtualMachine vm, String method) {
        this.vm = vm;
        this.method = method;
    }

    /**
     * Sets it.
     *
     * @param port where the JVM, which was started with {@link #jvmOption}, listens
     * @param className class with all of its package
     * @param method every method of that name
     */
    static Breakpoint set(int port, String className, String method) {
        Breakpoint breakpoint = new Breakpoint(attach(port), method);
        ClassPrepareRequest prepared =
                breakpoint.vm.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(className);
        prepared.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        prepared.enable();
        breakpoint.vm.classesByName(className).forEach(breakpoint::breakIn);
        return breakpoint;
    }

    /** What makes a JVM take a debugger, on the loopback interface. */
    static String jvmOption(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:"
                + port;
    }

    private static VirtualMachine attach(int port) {
        AttachingConnector sockets =
                Bootstrap.virtualMachineManager().attachingConnectors().stream()
                        .filter(connector -> connector.transport().name().equals("dt_socket"))
                        .findFirst()
                        .orElseThrow();
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(String.valueOf(port));
        try {
            return sockets.attach(arguments);
        } catch (IOException | IllegalConnectorArgumentsException e) {
            throw new IllegalStateException("cannot debug the JVM at port " + port, e);
        }
    }

    private void breakIn(ReferenceType type) {
        for (Method each : type.methodsByName(method)) {
            if (each.location() != null && !each.isBridge()) {
                BreakpointRequest request =
                        vm.eventRequestManager().createBreakpointRequest(each.location());
                request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                request.enable();
            }
        }
    }

    /** Waits until one of several is hit, and tells which: the first. */
    static int awaitFirst(List<Breakpoint> breakpoints) {
        return await().atMost(CountedJob.PATIENCE)
                .until(
                        () ->
                                IntStream.range(0, breakpoints.size())
                                        .filter(at -> breakpoints.get(at).isHit())
                                        .findFirst(),
                        OptionalInt::isPresent)
                .getAsInt();
    }

    /** Whether a thread has come there; that one waits from then on, until this is closed. */
    boolean isHit() {
        try {
            for (EventSet events = vm.eventQueue().remove(LOOK_MILLIS);
                    !hit && events != null;
                    events = vm.eventQueue().remove(LOOK_MILLIS)) {
                take(events);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at a breakpoint", e);
        }
        return hit;
    }

    /**
     * Fills the JVM's heap while the thread is held: the next thing that any of its threads wants
     * to allocate is too much.
     */
    void exhaustHeap() {
        ArrayType bytes = (ArrayType) vm.classesByName("byte[]").get(0);
        try {
            for (int size = LARGEST_ARRAY; size > 0; size /= 2) {
                fill(bytes, size);
            }
        } catch (VMDisconnectedException e) {
            // It is configured to end when memory runs out, and has done so.
        }
    }

    private static void fill(ArrayType bytes, int size) {
        try {
            while (true) {
                bytes.newInstance(size).disableCollection();
            }
        } catch (VMOutOfMemoryException e) {
            // No room for one of this size any more.
        } catch (ObjectCollectedException e) {
            // The newest was collected before it could be held: memory is nearly full.
        }
    }

    private void take(EventSet events) {
        for (Event event : events) {
            if (event instanceof BreakpointEvent) {
                hit = true;
            } else if (event instanceof ClassPrepareEvent loaded) {
                breakIn(loaded.referenceType());
            }
        }
        if (!hit) {
            events.resume();
        }
    }

    @Override
    public void close() {
        try {
            vm.dispose();
        } catch (VMDisconnectedException e) {
            // The JVM was killed, which is what breakpoints are for.
        }
    }
}
