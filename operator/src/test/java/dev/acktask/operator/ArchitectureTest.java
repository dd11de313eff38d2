package dev.acktask.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;

/** Which package may depend on which, and why. */
@AnalyzeClasses(
    packages = "dev.acktask.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "dev.acktask.operator.";
  private static final String JAVA = "java..";
  private static final String JSPECIFY = "org.jspecify..";
  private static final String SLF4J = "org.slf4j..";

  @ArchTest
  static final ArchRule apiIsReadByUsersAndTools =
      only(
          "api",
          "users and tools read it; the schema and the status are all that it describes",
          JAVA,
          "com.fasterxml.jackson..",
          "io.fabric8..");

  @ArchTest
  static final ArchRule taskIsPlainJava =
      only(
          "task",
          "the cloud client and the decision share it as their vocabulary",
          JAVA,
          ROOT + "text..");

  @ArchTest
  static final ArchRule decisionIsPure =
      only(
          "decision",
          "a verdict can be tested exhaustively only if it depends on its arguments alone",
          "java.lang..",
          "java.util..",
          "java.time..",
          ROOT + "api..",
          ROOT + "estimate..",
          ROOT + "event..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule estimateIsPure =
      only(
          "estimate",
          "equal statuses must give equal estimates, also after a restart",
          "java.lang..",
          "java.util..",
          "java.time..",
          ROOT + "api..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule eventIsALeaf =
      only(
          "event", "decisions make events, and the edge to Kubernetes records them", "java.lang..");

  /** The JSON writer is here, so that {@code decision} needs no library for it. */
  @ArchTest
  static final ArchRule textIsALeaf =
      only(
          "text",
          "every package that handles remote text uses it",
          "java.lang..",
          "java.util..",
          "java.io..",
          "java.nio.charset..",
          "java.security..",
          "java.time..",
          "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule decisionReadsNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "decision..", ROOT + "discovery", ROOT + "estimate..", ROOT + "gate")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.time.Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Random.class)
          .because("equal input must give equal output");

  @ArchTest
  static final ArchRule alibabaIsTheOnlyVendorCode =
      only(
          "alibaba",
          "the vendor's API may change without a change of the decision",
          JAVA,
          "javax.crypto..",
          "javax.net.ssl..",
          "com.fasterxml.jackson.core..",
          "org.eclipse.jetty.client..",
          "org.eclipse.jetty.http..",
          "org.eclipse.jetty.io..",
          "org.eclipse.jetty.util..",
          SLF4J,
          ROOT + "backoff..",
          ROOT + "identity..",
          ROOT + "network..",
          ROOT + "proxy..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule signingKnowsNoResponses =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "alibaba.signing..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "alibaba.response..")
          .because("a request is signed before there is a response");

  @ArchTest
  static final ArchRule responsesKnowNoCredentials =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "alibaba.response..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "alibaba.signing..", ROOT + "alibaba.credentials..")
          .because("what reads remote text must not be able to quote a secret");

  @ArchTest
  static final ArchRule networkKnowsNoRequests =
      only(
          "network",
          "it opens connections, whatever is sent over them",
          JAVA,
          "org.eclipse.jetty.http..",
          ROOT + "proxy..");

  @ArchTest
  static final ArchRule httpClientStaysInAlibaba =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "alibaba")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty.client..")
          .because("only the transport knows which library it uses");

  @ArchTest
  static final ArchRule internalsOfTheHttpClientAreInTwoClasses =
      noClasses()
          .that()
          .haveNameNotMatching(
              Pattern.quote(ROOT) + "alibaba\\.(CloudConnection|StrictReceiver)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..internal..")
          .because(
              "Jetty may change them in any release; no other class can see bytes behind an answer");

  @ArchTest
  static final ArchRule proxyConnectsToNothing =
      only("proxy", "every client asks it before it connects", JAVA, ROOT + "text..");

  @ArchTest
  static final ArchRule tlsConnectsToNothing =
      only(
          "tls",
          "every client gets its trusted authorities from it",
          JAVA,
          "javax.net.ssl..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule vendorTypesStayInAlibaba =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "alibaba..", ROOT + "network..")
          .and()
          .haveNameNotMatching(Pattern.quote(ROOT) + "kubernetes.Kubernetes(Clients|Proxy).*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.aliyun..", "java.net.http..", ROOT + "network..")
          .because(
              "only alibaba calls the cloud; the two Kubernetes classes configure the threads and"
                  + " the proxy of the Kubernetes client")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule connectionKnowsNoKubernetes =
      onlyIn(
          "connection",
          "what a connection is and how its calls end can be tested without a cluster",
          JAVA,
          ROOT + "api..",
          ROOT + "event..",
          ROOT + "ratelimit..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule connectionControllersJoinTheOthers =
      onlyIn(
          "connection.controller",
          "it is the edge to Kubernetes of the connections, and never calls the cloud",
          JAVA,
          SLF4J,
          "io.fabric8..",
          "io.javaoperatorsdk..",
          ROOT + "api..",
          ROOT + "connection..",
          ROOT + "decision..",
          ROOT + "event..",
          ROOT + "framework..",
          ROOT + "health..",
          ROOT + "kubernetes..");

  @ArchTest
  static final ArchRule discoveryIsPure =
      onlyIn(
          "discovery",
          "that no task is created twice or lost can be tested exhaustively only without a cluster",
          "java.lang..",
          "java.util..",
          "java.time..",
          ROOT + "api..",
          ROOT + "connection",
          ROOT + "event..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule discoveryControllersJoinTheOthers =
      onlyIn(
          "discovery.controller",
          "it is the edge to Kubernetes of the discoveries, and never calls the cloud",
          JAVA,
          SLF4J,
          "io.fabric8..",
          "io.javaoperatorsdk..",
          ROOT + "api..",
          ROOT + "connection",
          ROOT + "decision..",
          ROOT + "discovery..",
          ROOT + "event..",
          ROOT + "framework..",
          ROOT + "health..",
          ROOT + "kubernetes..",
          ROOT + "metrics..",
          ROOT + "polling..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule gateIsPure =
      onlyIn(
          "gate",
          "that no gate opens too early can be tested exhaustively only without a cluster",
          "java.lang..",
          "java.util..",
          "java.time..",
          ROOT + "api..",
          ROOT + "event..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule gateControllersJoinTheOthers =
      onlyIn(
          "gate.controller",
          "it is the edge to Kubernetes of the gates, and never calls the cloud",
          JAVA,
          SLF4J,
          "io.fabric8..",
          "io.javaoperatorsdk..",
          ROOT + "api..",
          ROOT + "connection",
          ROOT + "decision..",
          ROOT + "discovery..",
          ROOT + "event..",
          ROOT + "framework..",
          ROOT + "gate..",
          ROOT + "health..",
          ROOT + "kubernetes..",
          ROOT + "metrics..",
          ROOT + "polling..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule frameworkKnowsNoKind =
      only(
          "framework",
          "its settings are the same for all controllers",
          JAVA,
          SLF4J,
          "io.fabric8..",
          "io.javaoperatorsdk..",
          ROOT + "backoff..",
          ROOT + "health..",
          ROOT + "kubernetes..",
          ROOT + "metrics..");

  @ArchTest
  static final ArchRule pollingWritesNothing =
      only(
          "polling",
          "it learns from the informer what to poll, and reads the cloud through a connection",
          JAVA,
          SLF4J,
          "io.fabric8.kubernetes.api..",
          "io.javaoperatorsdk..",
          ROOT + "api..",
          ROOT + "backoff..",
          ROOT + "connection..",
          ROOT + "decision..",
          ROOT + "health..",
          ROOT + "kubernetes..",
          ROOT + "metrics..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule reconcilesNeverCallTheCloud =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "controller..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "alibaba..", ROOT + "connection..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName(ROOT + "task.TaskClient")
          .because("a reconcile is the object, the latest observation and the clock");

  @ArchTest
  static final ArchRule controllerJoinsTheOthers =
      only(
          "controller",
          "it is the edge to Kubernetes and joins what the other packages know",
          JAVA,
          SLF4J,
          "io.fabric8..",
          "io.javaoperatorsdk..",
          ROOT + "api..",
          ROOT + "task..",
          ROOT + "text..",
          ROOT + "decision..",
          ROOT + "estimate..",
          ROOT + "event..",
          ROOT + "framework..",
          ROOT + "health..",
          ROOT + "kubernetes..",
          ROOT + "metrics..",
          ROOT + "polling..");

  @ArchTest
  static final ArchRule leaderElectionKnowsNoTasks =
      only(
          "leaderelection",
          "it decides which replica works, whatever the work is",
          JAVA,
          SLF4J,
          "io.fabric8..");

  @ArchTest
  static final ArchRule healthJudgesFromOutside =
      only(
          "health",
          "it must work when the code that it judges does not",
          JAVA,
          SLF4J,
          "io.fabric8..",
          ROOT + "kubernetes..",
          ROOT + "metrics..");

  @ArchTest
  static final ArchRule kubernetesKnowsNoCloud =
      only(
          "kubernetes",
          "the clients and the cache of the API server are the same for every cloud",
          JAVA,
          "javax.net.ssl..",
          SLF4J,
          "com.fasterxml.jackson..",
          "io.fabric8.kubernetes.api..",
          "io.fabric8.kubernetes.client..",
          ROOT + "api..",
          ROOT + "decision..",
          ROOT + "event..",
          ROOT + "identity..",
          ROOT + "metrics..",
          ROOT + "network..",
          ROOT + "proxy..",
          ROOT + "ratelimit..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule identityIsALeaf =
      only(
          "identity",
          "the cloud side uses what the cluster side provides, and neither knows the other",
          "java.lang..",
          "java.util..");

  @ArchTest
  static final ArchRule namespacesKnowNoTasks =
      only("namespaces", "rights are the same for all kinds", JAVA, SLF4J, ROOT + "kubernetes..");

  @ArchTest
  static final ArchRule backoffIsALeaf =
      only("backoff", "a pause depends on nothing but the number of failures", JAVA);

  @ArchTest
  static final ArchRule rateLimitIsALeaf =
      only("ratelimit", "a limit is the same whatever it limits", JAVA);

  @ArchTest
  static final ArchRule configIsParsedFirst =
      only("config", "it is parsed before anything starts", JAVA, ROOT + "task..", ROOT + "text..");

  @ArchTest
  static final ArchRule metricsOnlyReport =
      only(
          "metrics",
          "it reports what the others know and changes nothing",
          JAVA,
          "io.micrometer..",
          "io.javaoperatorsdk.operator.api.monitoring..",
          "io.javaoperatorsdk.operator.monitoring..",
          "io.prometheus..",
          "io.fabric8.kubernetes.api..",
          "io.fabric8.kubernetes.client..",
          ROOT + "api..",
          ROOT + "task..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule managementIsAnHttpServerOnly =
      only(
          "management",
          "it serves the probes and the metrics page, and computes neither",
          JAVA,
          SLF4J,
          "org.eclipse.jetty..",
          "io.prometheus..",
          "io.fabric8.kubernetes.api..",
          "io.fabric8.kubernetes.client..",
          ROOT + "health..",
          ROOT + "text..");

  @ArchTest
  static final ArchRule tracingOnlyReports =
      only(
          "tracing",
          "it exports what became of a task and changes nothing",
          JAVA,
          SLF4J,
          "io.opentelemetry..",
          "io.fabric8.kubernetes.api..",
          "io.fabric8.kubernetes.client..",
          ROOT + "api..",
          ROOT + "task..",
          ROOT + "text..",
          ROOT + "proxy..",
          ROOT + "tls..");

  @ArchTest
  static final ArchRule openTelemetryStaysInTracing =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + "tracing.OtlpTracing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.opentelemetry..")
          .because("an operator without traces must not load it");

  @ArchTest
  static final ArchRule loggingIsReadByLogback =
      only(
          "logging",
          "logback creates it before anything else exists",
          JAVA,
          SLF4J,
          "ch.qos.logback..",
          "net.logstash.logback..");

  @ArchTest
  static final ArchRule nothingKnowsTheCompositionRoot =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "*..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(Pattern.quote(ROOT) + "(OperatorMain|ReconcilerWiring)")
          .because("wiring goes one way");

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noNamesThatHideAConcept =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helper|Manager|Impl)")
          .because("a class is named for what it is");

  @ArchTest
  static final ArchRule nothingSleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because("a sleeping worker blocks other objects");

  @ArchTest
  static final ArchRule nothingDeserialisesJavaObjects =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(java.io.ObjectInputStream.class)
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("com.fasterxml.jackson.annotation.JsonTypeInfo")
          .because("remote data must never choose a class");

  @ArchTest
  static final ArchRule noPollingSourcesOfTheFramework =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javaoperatorsdk.operator.processing.event.source.polling..")
          .because(
              "one exception in a fetcher ends their polling indefinitely, and health stays true");

  @ArchTest
  static final ArchRule noStaticState =
      fields().that().areStatic().should().beFinal().because("state belongs to objects");

  private static ArchRule only(String layer, String reason, String... allowed) {
    return onlyIn(layer + "..", reason, allowed);
  }

  /** Without the packages in it, unless {@code layer} ends with two dots. */
  private static ArchRule onlyIn(String layer, String reason, String... allowed) {
    DescribedPredicate<JavaClass> permitted =
        resideInAnyPackage(allowed)
            .or(resideInAnyPackage(ROOT + layer, JSPECIFY))
            .or(DescribedPredicate.describe("primitive", c -> c.isPrimitive() || c.isArray()));
    return classes()
        .that()
        .resideInAPackage(ROOT + layer)
        .should()
        .onlyDependOnClassesThat(permitted)
        .because(reason);
  }
}
