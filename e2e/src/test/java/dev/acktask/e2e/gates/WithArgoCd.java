package dev.acktask.e2e.gates;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Injects {@link ArgoCdCli} into the tests of a class, which run only with {@code
 * -Dacktask.e2e.argocd=true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ArgoCdExtension.class)
public @interface WithArgoCd {}
