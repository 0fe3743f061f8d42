package dev.longtail.dashboard.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The page's own files and ECharts, all from the class path. */
final class PageFiles {

    private static final String ROOT = "/dev/longtail/dashboard/page";
    private static final String ECHARTS =
            "/META-INF/resources/_static/echarts/%s/dist/echarts.esm.min.js";
    private static final int PRECOMPRESSED_BYTES = 4 << 20;
    private static final int NOT_MODIFIED = 304;

    private final byte[] index = read(ROOT + "/index.html");
    private final String echartsTag = '"' + echartsVersion() + '"';
    private final byte[] echarts = read(ECHARTS.formatted(echartsVersion()));
    private final byte[] echartsCompressed = Sending.gzip(echarts);

    void register(JavalinConfig config) {
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/assets";
                    files.directory = ROOT;
                    files.location = Location.CLASSPATH;
                    files.precompressMaxSize = PRECOMPRESSED_BYTES;
                    files.headers = Map.of("Cache-Control", "no-cache");
                });
        config.routes.get("/assets/echarts.js", this::echarts);
        // Every address of the page is served by the same document; its script reads the address.
        config.routes.get("/", this::page);
        config.routes.get("/compare", this::page);
        config.routes.get("/e/<rest>", this::page);
        config.routes.get("/favicon.ico", ctx -> ctx.redirect("/assets/icon.svg"));
    }

    private void page(Context ctx) {
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType("text/html; charset=utf-8").result(index);
    }

    /** A megabyte that every new viewer loads: compressed once, not per viewer. */
    private void echarts(Context ctx) {
        ctx.header("Cache-Control", "no-cache")
                .header("ETag", echartsTag)
                .header("Vary", "Accept-Encoding")
                .contentType("text/javascript; charset=utf-8");
        if (echartsTag.equals(ctx.header("If-None-Match"))) {
            ctx.status(NOT_MODIFIED);
            return;
        }
        if (Sending.acceptsGzip(ctx)) {
            ctx.header("Content-Encoding", "gzip").result(echartsCompressed);
        } else {
            ctx.result(echarts);
        }
    }

    private static String echartsVersion() {
        Properties versions = new Properties();
        try (InputStream in = open("/dev/longtail/dashboard/versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read versions.properties", e);
        }
        return versions.getProperty("echarts");
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = PageFiles.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("resource " + resource + " is missing from the dashboard's jar");
        }
        return in;
    }
}
