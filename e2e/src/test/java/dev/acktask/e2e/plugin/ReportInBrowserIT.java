package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTML report in a browser, with texts that try to run and to load something. */
class ReportInBrowserIT {
  private static final Pattern ACTIVE =
      Pattern.compile("(?i)<(script|img|link|iframe|object|embed|base|form|svg|a)[ >]");

  @TempDir Path folder;

  private final List<String> fetched = Collections.synchronizedList(new ArrayList<>());
  private Chromium browser;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    browser = Chromium.required(folder);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          fetched.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void shouldRunAndLoadNothing() throws Exception {
    // given
    Path page = Files.writeString(folder.resolve("report.html"), report(attack()));

    // when
    String document = browser.documentOf(page);

    // then
    assertEquals(List.of(), fetched);
    assertFalse(ACTIVE.matcher(document).find(), document);
    assertFalse(document.contains("it-ran"), document);
    assertTrue(document.contains("<title>hostile: Failed</title>"), document);
    assertTrue(document.contains("&lt;script"), document);
  }

  /** The same text does run and load where it is not escaped, so the test above can fail. */
  @Test
  void shouldNoticeAPageThatRunsAndLoads() throws Exception {
    Path page = Files.writeString(folder.resolve("raw.html"), "<title>x</title>" + attack());

    String document = browser.documentOf(page);

    assertFalse(fetched.isEmpty());
    assertTrue(document.contains("it-ran"), document);
  }

  @Test
  void shouldShowTheColourOfTheState() throws Exception {
    // given
    Path page =
        Files.writeString(
            folder.resolve("report.html"),
            Plugin.in(folder)
                .answering(Plugin.object("failed"))
                .run("report", "upgrade-batch-pool", "--format", "html")
                .orThrow());
    Path picture = folder.resolve("report.png");

    // when
    browser.screenshot(page, picture);

    // then: the band at the top of the card, red in the light theme and in the dark one
    BufferedImage image = ImageIO.read(picture.toFile());
    boolean red = false;
    for (int y = 20; y < 60; y++) {
      int pixel = image.getRGB(550, y);
      red |= (pixel >> 16 & 0xff) > 150 && (pixel >> 8 & 0xff) < 130 && (pixel & 0xff) < 120;
    }
    assertTrue(red, "no red band");
  }

  private String report(String text) throws IOException {
    String quoted = new ObjectMapper().writeValueAsString(text);
    String evil = quoted.substring(1, quoted.length() - 1);
    String object = Plugin.object("hostile").replace("alert(1)", evil);
    return Plugin.in(folder)
        .answering(object)
        .run("report", "hostile", "--format", "html")
        .orThrow();
  }

  private String attack() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return """
        "></i></td></style></title><script>document.documentElement.title = 'it' + '-ran'</script>
        <img src="%1$s/image" onerror="document.documentElement.lang = 'it' + '-ran'">
        <link rel="stylesheet" href="%1$s/style"><style>@import url(%1$s/import);</style>
        <iframe src="%1$s/frame"></iframe><svg onload="document.title = 'it' + '-ran'"></svg>
        <meta http-equiv="refresh" content="9;url=%1$s/refresh">' onmouseover='x' &lt;script&gt;
        """
        .formatted(url);
  }
}
