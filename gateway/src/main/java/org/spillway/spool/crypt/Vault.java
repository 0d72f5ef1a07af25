package org.spillway.spool.crypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes data keys and seals with them. Safe for any number of threads: each operation borrows a
 * bench with a Cipher and a stock of random bytes, so that neither is made anew for a message.
 */
public final class Vault {
  /** What sealing adds to the length. */
  public static final int TAG_BYTES = 16;

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int STOCK_BYTES = 64 * (KEY_BYTES + NONCE_BYTES);

  private final SecretKey master;
  private final SecureRandom chance;
  private final ConcurrentLinkedQueue<Bench> idle = new ConcurrentLinkedQueue<>();

  private Vault(byte[] master, SecureRandom chance) {
    this.master = new SecretKeySpec(master, "AES");
    this.chance = chance;
  }

  /** Over the key in a file; the file is made, with mode 0600, when it is not there. */
  public static Vault open(Path keyFile) throws IOException {
    SecureRandom chance = new SecureRandom();
    return new Vault(KeyFile.readOrMake(keyFile, chance), chance);
  }

  /** Over the key in a file that must be there. */
  public static Vault openExisting(Path keyFile) throws IOException {
    return new Vault(KeyFile.read(keyFile), new SecureRandom());
  }

  /** A data key that was never used. */
  public DataKey fresh() {
    Bench bench = borrow();
    try {
      byte[] plain = bench.random(KEY_BYTES);
      byte[] wrapped = new byte[DataKey.WRAPPED_BYTES];
      System.arraycopy(bench.random(NONCE_BYTES), 0, wrapped, 0, NONCE_BYTES);
      bench.start(Cipher.ENCRYPT_MODE, master, wrapped);
      bench.cipher.doFinal(plain, 0, KEY_BYTES, wrapped, NONCE_BYTES);
      return new DataKey(new SecretKeySpec(plain, "AES"), wrapped);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM of the JDK", e);
    } finally {
      idle.add(bench);
    }
  }

  /**
   * The data key in its wrapped form.
   *
   * @throws IOException when it was wrapped by another key or damaged
   */
  public DataKey unwrap(ByteBuffer source) throws IOException {
    if (source.remaining() < DataKey.WRAPPED_BYTES) {
      throw new IOException("a wrapped key of " + source.remaining() + " bytes");
    }
    byte[] wrapped = new byte[DataKey.WRAPPED_BYTES];
    source.get(wrapped);
    Bench bench = borrow();
    try {
      bench.start(Cipher.DECRYPT_MODE, master, Arrays.copyOf(wrapped, NONCE_BYTES));
      byte[] plain = bench.cipher.doFinal(wrapped, NONCE_BYTES, KEY_BYTES + TAG_BYTES);
      return new DataKey(new SecretKeySpec(plain, "AES"), wrapped);
    } catch (GeneralSecurityException e) {
      throw new IOException("the key file does not open it, or it is damaged", e);
    } finally {
      idle.add(bench);
    }
  }

  /** Seals bytes into an array that has room for {@link #TAG_BYTES} more. */
  public void seal(DataKey key, Nonce nonce, ByteBuffer plain, ByteBuffer target) {
    Bench bench = borrow();
    try {
      nonce.into(bench.nonce);
      bench.start(Cipher.ENCRYPT_MODE, key.key(), bench.nonce);
      bench.cipher.doFinal(plain, target);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM of the JDK", e);
    } finally {
      idle.add(bench);
    }
  }

  /**
   * The plain bytes of what was sealed.
   *
   * @throws IOException when it is not what was sealed with that key and nonce
   */
  public byte[] unseal(DataKey key, Nonce nonce, ByteBuffer sealed) throws IOException {
    if (sealed.remaining() < TAG_BYTES) {
      throw new IOException("sealed bytes without a tag");
    }
    byte[] plain = new byte[sealed.remaining() - TAG_BYTES];
    Bench bench = borrow();
    try {
      nonce.into(bench.nonce);
      bench.start(Cipher.DECRYPT_MODE, key.key(), bench.nonce);
      bench.cipher.doFinal(sealed, ByteBuffer.wrap(plain));
      return plain;
    } catch (AEADBadTagException e) {
      throw new IOException("damaged: the authentication tag does not fit", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM of the JDK", e);
    } finally {
      idle.add(bench);
    }
  }

  private Bench borrow() {
    Bench bench = idle.poll();
    return bench != null ? bench : new Bench();
  }

  /** What one operation needs. */
  private final class Bench {
    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] stock = new byte[STOCK_BYTES];
    private int used = STOCK_BYTES;

    Bench() {
      try {
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a JDK without AES-GCM", e);
      }
    }

    void start(int mode, SecretKey key, byte[] nonceFirst) throws GeneralSecurityException {
      cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonceFirst, 0, NONCE_BYTES));
    }

    byte[] random(int length) {
      if (stock.length - used < length) {
        chance.nextBytes(stock);
        used = 0;
      }
      byte[] bytes = Arrays.copyOfRange(stock, used, used + length);
      Arrays.fill(stock, used, used + length, (byte) 0);
      used += length;
      return bytes;
    }
  }
}
