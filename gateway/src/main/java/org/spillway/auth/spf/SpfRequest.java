package org.spillway.auth.spf;

import java.net.InetAddress;
import org.spillway.mail.ReversePath;

/**
 * What a client said of itself (RFC 7208 §4.1).
 *
 * @param client its address
 * @param helo the HELO or EHLO argument as given; empty when there was none
 * @param from the reverse-path
 */
public record SpfRequest(InetAddress client, String helo, ReversePath from) {}
