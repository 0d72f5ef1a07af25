package org.spillway.report.parcel;

/**
 * How much of a parcel is opened; what goes beyond is refused.
 *
 * @param mostPackedBytes of the mail or file as it came
 * @param mostBytes of all that lies inside, unpacked
 * @param mostRatio unpacked to packed, looked at once a mebibyte is out
 * @param mostItems files in one archive, and parts of one mail
 */
public record ParcelLimits(int mostPackedBytes, int mostBytes, int mostRatio, int mostItems) {
  /** 25 MiB packed, 32 MiB unpacked, 300 to 1, 50 items. */
  public static final ParcelLimits DEFAULT = new ParcelLimits(25 << 20, 32 << 20, 300, 50);
}
