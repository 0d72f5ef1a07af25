package org.spillway.smtp.server;

import org.spillway.mail.Secret;

/** Who may authenticate. */
public interface Accounts {
  /** True when the password is that user's; takes the same time for a user that does not exist. */
  boolean verify(String user, Secret password);
}
