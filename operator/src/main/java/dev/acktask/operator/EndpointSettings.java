package dev.acktask.operator;

import dev.acktask.operator.alibaba.AddressPolicy;
import dev.acktask.operator.alibaba.CloudEndpoints;
import dev.acktask.operator.alibaba.EndpointTemplate;
import dev.acktask.operator.alibaba.EndpointTemplates;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.config.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the endpoint settings; a problem names its setting. */
record EndpointSettings(OperatorConfig.Endpoints endpoints, List<String> problems) {
  /** The templates; null after all problems were reported. */
  @Nullable CloudEndpoints templates() {
    @Nullable EndpointTemplates api =
        templates(endpoints.api(), Setting.ENDPOINT_PUBLIC, Setting.ENDPOINT_VPC);
    @Nullable EndpointTemplates sts =
        templates(endpoints.sts(), Setting.STS_ENDPOINT_PUBLIC, Setting.STS_ENDPOINT_VPC);
    return api == null || sts == null ? null : new CloudEndpoints(api, sts);
  }

  private @Nullable EndpointTemplates templates(
      OperatorConfig.Templates texts, Setting publicSetting, Setting vpcSetting) {
    @Nullable EndpointTemplate publicNetwork =
        template(texts.publicNetwork(), AddressPolicy.PUBLIC, publicSetting);
    @Nullable EndpointTemplate vpc = template(texts.vpc(), AddressPolicy.PRIVATE, vpcSetting);
    return publicNetwork == null || vpc == null ? null : new EndpointTemplates(publicNetwork, vpc);
  }

  private @Nullable EndpointTemplate template(
      String text, AddressPolicy addresses, Setting setting) {
    return EndpointTemplate.parse(text, addresses, endpoints.allowPlaintext())
        .orReport(problem -> problems.add(setting.variable() + " " + problem));
  }
}
