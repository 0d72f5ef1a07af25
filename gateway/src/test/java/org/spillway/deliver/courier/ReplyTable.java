package org.spillway.deliver.courier;

import java.time.Duration;
import java.util.List;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.route.Site;

/** Replies of real systems (reference §4.2), where each comes, and what it must mean. */
enum ReplyTable {
  SES_SENDING_RATE(
      "mail", "454 Throttling failure: Maximum sending rate exceeded", later(throttled("5s"))),
  SES_SENDING_RATE_AT_THE_DOT(
      "dot", "454 Throttling failure: Maximum sending rate exceeded", later(throttled("5s"))),
  SES_DAILY_QUOTA(
      "dot", "454 Throttling failure: Daily message quota exceeded", later(quota("10m"))),
  SES_TOO_MANY_CONNECTIONS(
      "greeting", "421 Too many concurrent SMTP connections", later(new Effect.Overload())),
  SES_TEMPORARY_SERVICE_FAILURE(
      "dot", "451 Temporary service failure", later(new Effect.TargetFailure())),
  SES_TIMEOUT_WAITING_FOR_DATA(
      "dot", "451 Timeout waiting for data from client", later(new Effect.TargetFailure())),
  SES_TEMPORARY_SERVICE_FAILURE_454(
      "mail", "454 Temporary service failure", later(new Effect.TargetFailure())),
  SES_TEMPORARY_AUTHENTICATION_FAILURE(
      "auth", "454 Temporary authentication failure", later(new Effect.TargetFailure())),
  SES_AUTHENTICATION_REQUIRED(
      "mail", "530 Authentication required", later(new Effect.Misconfigured())),
  SES_CREDENTIALS_INVALID(
      "auth", "535 Authentication Credentials Invalid", later(new Effect.Misconfigured())),
  SES_NOT_SUBSCRIBED(
      "auth", "535 Account not subscribed to SES", later(new Effect.Misconfigured())),
  SES_ADDRESS_NOT_VERIFIED(
      "dot",
      "554 Message rejected: Email address is not verified. The following identities failed",
      never(new Effect.SenderRefused())),
  SES_ACCESS_DENIED(
      "dot",
      "554 Access denied: User arn:aws:iam::1:user/x is not authorized to perform"
          + " ses:SendRawEmail",
      later(new Effect.Misconfigured())),
  SES_MESSAGE_TOO_LONG("dot", "552 Message is too long.", never(new Effect.TooLargeHere())),
  SES_INVALID_ADDRESS("rcpt", "553 <b> Invalid email address", never(new Effect.None())),
  SES_ADDRESS_UNKNOWN("rcpt", "553 <b@x> address unknown", never(new Effect.None())),
  SES_NULL_SENDER(
      "mail", "501 Invalid MAIL FROM address provided", never(new Effect.NullSenderRefused())),
  M365_SOURCE_REPUTATION(
      "rcpt",
      "451 4.7.500 Server busy. Please try again later (AS77712)",
      later(new Effect.Reputation())),
  M365_SOURCE_REPUTATION_AT_GREETING(
      "greeting",
      "451 4.7.651 The mail server has been throttled (S775)",
      later(new Effect.Reputation())),
  M365_TENANT_ATTRIBUTION(
      "rcpt",
      "550 5.7.64 TenantAttribution; Relay Access Denied",
      later(new Effect.Misconfigured())),
  M365_WRONG_REGION(
      "rcpt",
      "451 4.4.62 Mail sent to the wrong Office 365 region",
      later(new Effect.Misconfigured())),
  M365_TENANT_QUOTA(
      "rcpt", "550 5.7.233 tenant exceeded its external recipient rate", later(quota("1h"))),
  M365_CONCURRENT_CONNECTIONS(
      "auth", "432 4.3.2 Concurrent connections limit exceeded", later(new Effect.Overload())),
  M365_SENDER_THREAD_LIMIT(
      "dot",
      "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
      later(new Effect.Overload())),
  M365_DAILY_LIMIT("dot", "554 5.2.0 STOREDRV.Submission; daily limit", later(quota("1h"))),
  M365_SENT_ITEMS_FULL("dot", "554 5.2.2 mailbox full", later(quota("1h"))),
  M365_BASIC_AUTHENTICATION_OFF(
      "auth",
      "550 5.7.30 Basic authentication is not supported",
      later(new Effect.Misconfigured())),
  GOOGLE_PEAK_LIMIT(
      "mail", "450 4.2.1 Peak SMTP relay limit exceeded for customer", later(throttled("5m"))),
  GOOGLE_DAILY_LIMIT_OF_CUSTOMER(
      "rcpt", "550 5.7.1 Daily SMTP relay limit exceeded for customer", later(quota("1h"))),
  GOOGLE_DAILY_LIMIT_OF_USER(
      "dot", "550 5.4.5 Daily SMTP relay sending limit exceeded for user", later(quota("1h"))),
  GOOGLE_TOO_MANY_RECIPIENTS(
      "rcpt",
      "452 4.5.3 Your message has too many recipients",
      later(new Effect.SplitRecipients())),
  GOOGLE_TRY_AGAIN_LATER(
      "mail", "421 4.7.0 Try again later, closing connection.", later(throttled("5m"))),
  GOOGLE_TLS_REQUIRED(
      "rcpt", "421 4.7.0 TLS required for RCPT domain", later(new Effect.Misconfigured())),
  GOOGLE_INVALID_RELAY_CREDENTIALS(
      "mail",
      "550-5.7.1 Invalid credentials for relay [192.0.2.1].\n550 5.7.1 see the help pages",
      later(new Effect.Misconfigured())),
  SENDGRID_CREDITS(
      "auth", "451 Authentication failed: Maximum credits exceeded", later(quota("1h"))),
  SENDGRID_DEFERRED(
      "dot", "421 Message from (192.0.2.1) temporarily deferred", later(throttled("10m"))),
  SENDGRID_HOURLY_RECIPIENTS(
      "rcpt", "452 Too many recipients received this hour (throttled)", later(throttled("20m"))),
  SENDGRID_SENDER_403(
      "dot",
      "403 You are not authorized to send from that email address",
      never(new Effect.SenderRefused())),
  SENDGRID_SENDER_550(
      "dot",
      "550 The from address is not authorized to send from that email address",
      never(new Effect.SenderRefused())),
  MAILGUN_CANNOT_PARSE_TO("rcpt", "501 cannot parse to address", never(new Effect.None())),
  MAILGUN_CANNOT_PARSE_FROM("dot", "550 cannot parse from address", never(new Effect.None())),
  MAILGUN_DOMAIN_DISABLED(
      "mail", "550 domain mg.example.com is disabled", later(new Effect.Misconfigured())),
  ANY_QUOTA_AT_MAIL("mail", "550 5.7.1 account quota used up", later(quota("1h"))),
  ANY_LIMIT_AT_GREETING("greeting", "554 5.7.1 hourly limit reached", later(quota("1h"))),
  ANY_EXCEEDED_AT_AUTH("auth", "550 5.7.1 allowance exceeded", later(quota("1h"))),
  ANY_THROTTLED_AT_MAIL("mail", "550 throttled", later(quota("1h"))),
  ANY_CREDIT_AT_MAIL("mail", "554 no credit left", later(quota("1h"))),
  ANY_SUSPENDED_AT_AUTH("auth", "525 5.7.13 user suspended", later(quota("1h"))),

  OWN_QUOTA_LIKE_AT_MAIL(
      Site.Kind.SMTP, "mail", "550 sending limit exceeded", later(new Effect.None())),
  OWN_MAILBOX_FULL(Site.Kind.SMTP, "rcpt", "552 5.2.2 mailbox full", never(new Effect.None())),
  OWN_BANNER_421(
      Site.Kind.SMTP, "greeting", "421 4.3.2 closing", later(new Effect.TargetFailure())),
  OWN_BANNER_554(Site.Kind.SMTP, "greeting", "554 no service", later(new Effect.TargetFailure())),
  OWN_421_IN_SESSION(Site.Kind.SMTP, "rcpt", "421 4.3.2 busy", later(new Effect.Overload())),
  OWN_452_STORAGE(
      Site.Kind.SMTP, "mail", "452 4.3.1 insufficient storage", later(new Effect.Overload())),
  OWN_USER_UNKNOWN(Site.Kind.SMTP, "rcpt", "550 5.1.1 who?", never(new Effect.None())),
  OWN_NOT_NOW(Site.Kind.SMTP, "rcpt", "450 4.2.0 greylisted", later(new Effect.None())),
  OWN_CONTENT_REFUSED(Site.Kind.SMTP, "dot", "554 5.7.1 spam", never(new Effect.None()));

  private final Site.Kind kind;
  private final String step;
  private final String reply;
  private final Meaning meaning;

  /** What a reply must mean. */
  private record Meaning(boolean failed, Effect effect) {}

  ReplyTable(String step, String reply, Meaning meaning) {
    this(Site.Kind.RELAY, step, reply, meaning);
  }

  ReplyTable(Site.Kind kind, String step, String reply, Meaning meaning) {
    this.kind = kind;
    this.step = step;
    this.reply = reply;
    this.meaning = meaning;
  }

  private static Meaning later(Effect effect) {
    return new Meaning(false, effect);
  }

  private static Meaning never(Effect effect) {
    return new Meaning(true, effect);
  }

  private static Effect throttled(String pause) {
    return new Effect.Throttled(Duration.parse("PT" + pause.toUpperCase(java.util.Locale.ROOT)));
  }

  private static Effect quota(String pause) {
    return new Effect.QuotaUsed(Duration.parse("PT" + pause.toUpperCase(java.util.Locale.ROOT)));
  }

  Site.Kind kind() {
    return kind;
  }

  Outcome.Step step() {
    return step.equals("dot")
        ? Outcome.Step.FINAL_DOT
        : Outcome.Step.valueOf(step.toUpperCase(java.util.Locale.ROOT));
  }

  /** The reply as it goes over the wire, lines separated by a line feed. */
  String reply() {
    return reply;
  }

  boolean isNullSender() {
    return meaning.effect() instanceof Effect.NullSenderRefused;
  }

  boolean failed() {
    return meaning.failed();
  }

  Effect effect() {
    return meaning.effect();
  }

  static List<ReplyTable> rows() {
    return List.of(values());
  }
}
