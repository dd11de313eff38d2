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

/** Which package may know which, and why. */
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
      only("api", "users and tools read it", JAVA, "com.fasterxml.jackson..", "io.fabric8..");

  @ArchTest
  static final ArchRule taskIsPlainJava =
      only("task", "it is the vocabulary that both sides share", JAVA);

  @ArchTest
  static final ArchRule decisionIsPure =
      only(
          "decision",
          "truth is testable only when nothing leaks in",
          "java.lang..",
          "java.util..",
          "java.time..",
          ROOT + "api..",
          ROOT + "task..",
          ROOT + "text..");

  /** The JSON writer is here, so that {@code decision} needs no library for it. */
  @ArchTest
  static final ArchRule textIsALeaf =
      only(
          "text",
          "every path that shows remote text uses it",
          "java.lang..",
          "java.util..",
          "java.io..",
          "com.fasterxml.jackson.core..",
          ROOT + "task..");

  @ArchTest
  static final ArchRule decisionKnowsNoClock =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "decision..")
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
          "the vendor may change, the decision may not",
          JAVA,
          "javax.crypto..",
          "javax.net.ssl..",
          "com.fasterxml.jackson.core..",
          SLF4J,
          ROOT + "http..",
          ROOT + "proxy..",
          ROOT + "task..");

  @ArchTest
  static final ArchRule httpKnowsNothingOfTasks =
      only(
          "http",
          "what is a strict answer is the RFC's matter",
          JAVA,
          "javax.net.ssl..",
          ROOT + "proxy..");

  @ArchTest
  static final ArchRule proxyIsReadByAllWhoConnect =
      only("proxy", "it decides from the environment alone and connects to nothing", JAVA);

  @ArchTest
  static final ArchRule tlsKnowsNobodyWhoConnects =
      only("tls", "it says who is trusted and connects to nothing", JAVA, "javax.net.ssl..");

  @ArchTest
  static final ArchRule vendorTypesStayInAlibaba =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "alibaba..", ROOT + "http..")
          .and()
          .haveNameNotMatching(Pattern.quote(ROOT) + "Kubernetes(Access|Proxy).*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.aliyun..", "java.net.http..", ROOT + "http..")
          .because(
              "nothing else may speak to the cloud; KubernetesProxy only gives the client of"
                  + " Kubernetes its threads and its proxy")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule connectionKnowsNoKubernetes =
      only(
          "connection",
          "accounts and budgets are the cloud's, not the cluster's",
          JAVA,
          ROOT + "task..");

  @ArchTest
  static final ArchRule controllerIsTheEdgeToKubernetes =
      only(
          "controller",
          "it joins what the others know",
          JAVA,
          SLF4J,
          "io.fabric8..",
          "io.javaoperatorsdk..",
          ROOT + "api..",
          ROOT + "task..",
          ROOT + "text..",
          ROOT + "decision..",
          ROOT + "connection..",
          ROOT + "liveness..");

  @ArchTest
  static final ArchRule leadershipKnowsNoTasks =
      only("leadership", "who works is no matter of what is done", JAVA, SLF4J, "io.fabric8..");

  @ArchTest
  static final ArchRule livenessJudgesFromOutside =
      only(
          "liveness",
          "it must work when the rest does not",
          JAVA,
          SLF4J,
          "io.fabric8..",
          ROOT + "kubernetes..");

  @ArchTest
  static final ArchRule kubernetesKnowsNoTasks =
      only(
          "kubernetes",
          "the way to the API server is the same for all kinds",
          JAVA,
          "javax.net.ssl..",
          SLF4J,
          "com.fasterxml.jackson.core..",
          "io.fabric8.kubernetes.client..");

  @ArchTest
  static final ArchRule namespacesKnowNoTasks =
      only("namespaces", "rights are the same for all kinds", JAVA, SLF4J, ROOT + "kubernetes..");

  @ArchTest
  static final ArchRule configIsParsedBeforeAnythingStarts =
      only("config", "it is parsed before anything starts", JAVA, ROOT + "api..");

  @ArchTest
  static final ArchRule managementTellsOnly =
      only(
          "management",
          "it shows what the others know and changes nothing",
          JAVA,
          SLF4J,
          "org.eclipse.jetty..",
          "io.micrometer..",
          "io.prometheus..",
          "io.fabric8.kubernetes.api..",
          "io.fabric8.kubernetes.client..",
          ROOT + "api..",
          ROOT + "decision..",
          ROOT + "task..",
          ROOT + "liveness..");

  @ArchTest
  static final ArchRule tracingTellsOnly =
      only(
          "tracing",
          "it shows what became of a task and changes nothing",
          JAVA,
          SLF4J,
          "io.opentelemetry..",
          "io.fabric8.kubernetes.api..",
          "io.fabric8.kubernetes.client..",
          ROOT + "api..",
          ROOT + "task..",
          ROOT + "proxy..",
          ROOT + "tls..",
          ROOT + "decision..");

  @ArchTest
  static final ArchRule openTelemetryStaysInTracing =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + "tracing.OtlpTracing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.opentelemetry..")
          .because("where nobody wants traces, none of it is loaded");

  @ArchTest
  static final ArchRule loggingIsReadByLogback =
      only(
          "logging",
          "logback makes it before anything else is there",
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
          .haveFullyQualifiedName(ROOT + "OperatorMain")
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
          .because("a worker that sleeps is a worker lost");

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
          .because("one exception in a fetcher ends their polling for ever, and health stays true");

  @ArchTest
  static final ArchRule noStaticState =
      fields().that().areStatic().should().beFinal().because("state belongs to objects");

  private static ArchRule only(String layer, String reason, String... allowed) {
    DescribedPredicate<JavaClass> permitted =
        resideInAnyPackage(allowed)
            .or(resideInAnyPackage(ROOT + layer + "..", JSPECIFY))
            .or(DescribedPredicate.describe("primitive", c -> c.isPrimitive() || c.isArray()));
    return classes()
        .that()
        .resideInAPackage(ROOT + layer + "..")
        .should()
        .onlyDependOnClassesThat(permitted)
        .because(reason);
  }
}
