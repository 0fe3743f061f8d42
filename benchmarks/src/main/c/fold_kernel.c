/*
 * The fold kernel in C, the yardstick of FoldKernelBenchmark: the same block, the same counters.
 *
 *   counter[r][c] += popcount(mask[r] & column[c])   over W words of 32 trials
 *
 * Two vectors of columns by four rows at a time, sums in registers, 16-bit counters two to a word:
 * column c in the low half and column c + C/2 in the high half. Compiled by the benchmark with
 * -O3 -march=native; without AVX-512 VPOPCNTDQ the compiler vectorises the plain loop as it can.
 *
 * usage: fold_kernel ROWS COLUMNS TRIALS WARMUPS ITERATIONS MILLISECONDS
 * Columns a multiple of 32, trials of 128. Prints the instruction set, then one line per iteration:
 * nanoseconds per fold; then a checksum of the counters after one fold of the block.
 */
#define _POSIX_C_SOURCE 200112L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__AVX512F__) && defined(__AVX512VPOPCNTDQ__)
#include <immintrin.h>
#define VECTOR 1
#endif

enum { LANES = 16 };

#ifdef VECTOR
static void fold(const uint32_t *masks, const uint32_t *planes, int rows, int columns, int words,
                 uint32_t *counters, uint32_t *strip) {
    int half = columns / 2;
    for (int c = 0; c < half; c += LANES) {
        for (int w = 0; w < words; w++) {
            memcpy(strip + 2 * LANES * w, planes + (size_t) w * columns + c, 4 * LANES);
            memcpy(strip + 2 * LANES * w + LANES, planes + (size_t) w * columns + half + c, 4 * LANES);
        }
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            const uint32_t *m = masks + (size_t) r * words;
            __m512i low[4], high[4];
            for (int i = 0; i < 4; i++) low[i] = high[i] = _mm512_setzero_si512();
            for (int w = 0; w < words; w++) {
                __m512i p = _mm512_loadu_si512(strip + 2 * LANES * w);
                __m512i q = _mm512_loadu_si512(strip + 2 * LANES * w + LANES);
                for (int i = 0; i < 4; i++) {
                    __m512i mask = _mm512_set1_epi32((int) m[i * words + w]);
                    low[i] = _mm512_add_epi32(low[i], _mm512_popcnt_epi32(_mm512_and_si512(p, mask)));
                    high[i] = _mm512_add_epi32(high[i], _mm512_popcnt_epi32(_mm512_and_si512(q, mask)));
                }
            }
            for (int i = 0; i < 4; i++) {
                uint32_t *at = counters + (size_t) (r + i) * half + c;
                __m512i sum = _mm512_add_epi32(low[i], _mm512_slli_epi32(high[i], 16));
                _mm512_storeu_si512(at, _mm512_add_epi32(_mm512_loadu_si512(at), sum));
            }
        }
        for (; r < rows; r++) {
            for (int k = 0; k < LANES; k++) {
                uint32_t l = 0, h = 0;
                for (int w = 0; w < words; w++) {
                    l += __builtin_popcount(strip[2 * LANES * w + k] & masks[(size_t) r * words + w]);
                    h += __builtin_popcount(strip[2 * LANES * w + LANES + k] & masks[(size_t) r * words + w]);
                }
                counters[(size_t) r * half + c + k] += l + (h << 16);
            }
        }
    }
}
#else
static void fold(const uint32_t *masks, const uint32_t *planes, int rows, int columns, int words,
                 uint32_t *counters, uint32_t *strip) {
    (void) strip;
    int half = columns / 2;
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < half; c += LANES) {
            uint32_t sums[2 * LANES] = {0};
            for (int w = 0; w < words; w++) {
                uint32_t mask = masks[(size_t) r * words + w];
                const uint32_t *p = planes + (size_t) w * columns + c;
                for (int k = 0; k < LANES; k++) {
                    sums[k] += __builtin_popcount(p[k] & mask);
                    sums[LANES + k] += __builtin_popcount(p[half + k] & mask);
                }
            }
            for (int k = 0; k < LANES; k++) {
                counters[(size_t) r * half + c + k] += sums[k] + (sums[LANES + k] << 16);
            }
        }
    }
}
#endif

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double) t.tv_sec + (double) t.tv_nsec;
}

/* SplitMix64, as in the Java benchmark, so that both count the same block. */
static uint64_t state;
static uint32_t next(void) {
    uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return (uint32_t) ((z ^ (z >> 31)) >> 32);
}

/* Whole cache lines, zeroed. */
static uint32_t *aligned(size_t bytes) {
    size_t lines = (bytes + 63) / 64 * 64;
    void *memory = aligned_alloc(64, lines);
    return memory ? memset(memory, 0, lines) : NULL;
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: fold_kernel ROWS COLUMNS TRIALS WARMUPS ITERATIONS MILLISECONDS\n");
        return 2;
    }
    int rows = atoi(argv[1]), columns = atoi(argv[2]), trials = atoi(argv[3]);
    int warmups = atoi(argv[4]), iterations = atoi(argv[5]);
    double length = 1e6 * atof(argv[6]);
    if (rows < 1 || columns < 32 || columns % 32 || trials < 128 || trials % 128) {
        fprintf(stderr, "fold_kernel: columns must be a multiple of 32, trials of 128\n");
        return 2;
    }
    int words = trials / 32;
    size_t mask_words = (size_t) rows * words, plane_words = (size_t) words * columns;
    size_t counter_words = (size_t) rows * columns / 2;
    uint32_t *masks = aligned(4 * mask_words), *planes = aligned(4 * plane_words);
    uint32_t *counters = aligned(4 * counter_words), *strip = aligned(4 * 2 * LANES * (size_t) words);
    if (!masks || !planes || !counters || !strip) {
        fprintf(stderr, "fold_kernel: out of memory\n");
        return 1;
    }
    state = 1;
    for (size_t i = 0; i < mask_words; i++) masks[i] = next();
    for (size_t i = 0; i < plane_words; i++) planes[i] = next();
#ifdef VECTOR
    printf("AVX-512 VPOPCNTDQ\n");
#else
    printf("compiler's vectors\n");
#endif
    fold(masks, planes, rows, columns, words, counters, strip);
    uint64_t checksum = 0;
    for (size_t i = 0; i < counter_words; i++) checksum = checksum * 31 + counters[i];
    for (int i = 0; i < warmups + iterations; i++) {
        double start = now(), end;
        long folds = 0;
        do {
            fold(masks, planes, rows, columns, words, counters, strip);
            folds++;
            end = now();
        } while (end - start < length);
        if (i >= warmups) printf("%.1f\n", (end - start) / (double) folds);
    }
    printf("checksum %llu\n", (unsigned long long) checksum);
    return 0;
}
