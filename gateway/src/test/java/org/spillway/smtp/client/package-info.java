/** The client's dialogs against written-down peers, and what makes content fit for a peer. */
package org.spillway.smtp.client;
