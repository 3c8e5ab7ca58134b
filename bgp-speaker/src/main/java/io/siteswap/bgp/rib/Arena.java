package io.siteswap.bgp.rib;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Blocks of bytes in segments, each block addressed by an int. A freed block is used again for the
 * next one of its size, rounded up to {@link #UNIT}, so that hours of churn need no more room than
 * the most that was ever alive.
 */
final class Arena {

    static final int UNIT = 16;
    private static final int SEGMENT = 1 << 20;
    private static final int UNITS_PER_SEGMENT = SEGMENT / UNIT;
    private static final int MAX_BLOCK = 1 << 16;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.BIG_ENDIAN);

    private final List<byte[]> segments = new ArrayList<>();
    /** Address of the first free block of so many units, plus one; each names the next. */
    private final int[] free = new int[MAX_BLOCK / UNIT + 1];
    private int nextUnit = UNITS_PER_SEGMENT;

    /** Copies the bytes in and returns their address. */
    int put(byte[] in, int from, int length) {
        int units = Math.max(1, (length + UNIT - 1) / UNIT);
        int address = free[units] - 1;
        if (address >= 0) {
            free[units] = (int) INT.get(segment(address), offset(address));
        } else {
            address = fresh(units);
        }
        System.arraycopy(in, from, segment(address), offset(address), length);
        return address;
    }

    void free(int address, int length) {
        int units = Math.max(1, (length + UNIT - 1) / UNIT);
        INT.set(segment(address), offset(address), free[units]);
        free[units] = address + 1;
    }

    boolean matches(int address, byte[] in, int from, int length) {
        int at = offset(address);
        return Arrays.equals(segment(address), at, at + length, in, from, from + length);
    }

    byte[] copy(int address, int length) {
        int at = offset(address);
        return Arrays.copyOfRange(segment(address), at, at + length);
    }

    byte[] segment(int address) {
        return segments.get(address / UNITS_PER_SEGMENT);
    }

    static int offset(int address) {
        return address % UNITS_PER_SEGMENT * UNIT;
    }

    /** Octets taken from the heap, used or not. */
    long size() {
        return (long) segments.size() * SEGMENT;
    }

    private int fresh(int units) {
        if (nextUnit + units > UNITS_PER_SEGMENT) {
            segments.add(new byte[SEGMENT]);
            nextUnit = 0;
        }
        int address = (segments.size() - 1) * UNITS_PER_SEGMENT + nextUnit;
        nextUnit += units;
        return address;
    }
}
