/**
 * The courier: blocking SMTP and LMTP connections to the hosts of a site, kept and reused. In: one
 * entry and some of its recipients; out: an {@link org.spillway.deliver.Outcome} for each, and what
 * was seen of each host. Read {@link org.spillway.deliver.courier.SmtpCourier} first.
 */
package org.spillway.deliver.courier;
