package org.spillway.control.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Who may ask: root and the user that the node runs as, by the kernel's word (SO_PEERCRED). */
final class Peer {
  private final Set<UserPrincipal> allowed;

  private Peer(Set<UserPrincipal> allowed) {
    this.allowed = allowed;
  }

  /** Root, and the owner of that file. */
  static Peer ownerOf(Path file) throws IOException {
    UserPrincipal own = Files.getOwner(file);
    UserPrincipal root =
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0");
    return new Peer(own.equals(root) ? Set.of(own) : Set.of(own, root));
  }

  /** The user's name; empty when that user may not ask. */
  Optional<String> user(SocketChannel channel) throws IOException {
    if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      return Optional.of("unknown"); // only the file's mode guards the socket on such a system
    }
    UserPrincipal user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    return allowed.contains(user) ? Optional.of(user.getName()) : Optional.empty();
  }
}
