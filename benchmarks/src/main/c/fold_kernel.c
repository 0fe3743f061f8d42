/*
 * The fold kernel in C, the yardstick of FoldKernelBenchmark: the same block, the same counters.
 *
 *   counter[r][c] += popcount(mask[r] & column[c])   over W words of 32 trials
 *
 * 16-bit counters two to a word: column c in the low half and column c + C/2 in the high half.
 * Compiled by the benchmark with -O3 -march=native. Two of them:
 *
 *   loop        the loop of the plain Java kernel, left to the compiler to vectorise
 *   intrinsics  written by hand for AVX-512 VPOPCNTDQ, as fast as we could make it: two vectors of
 *               columns by four rows at a time, sums in registers over all trials
 *
 * usage: fold_kernel KERNEL ROWS COLUMNS TRIALS WARMUPS ITERATIONS MILLISECONDS
 * Columns a multiple of 32, trials of 128. Prints one line per iteration: nanoseconds of processor
 * time per fold; then a checksum of the counters after one fold of the block. Exit code 3: the machine lacks the
 * instructions of the kernel.
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
static void fold_intrinsics(const uint32_t *masks, const uint32_t *planes, int rows, int columns, int words,
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
#endif

/* The loop of PlainFoldKernel.java, with its blocking: see there. The compiler vectorises it. */
enum { WORDS = 4, GROUPS = 3, STRIP = 320, LINE = STRIP + LANES, GROUP = (1 + 2 * WORDS) * LINE };

static void add(uint32_t *lines, int from, int to, uint32_t m0, uint32_t m1, uint32_t m2, uint32_t m3) {
    for (int c = from; c < to; c++) {
        lines[c + GROUP] = lines[c]
            + __builtin_popcount(lines[c + LINE] & m0) + __builtin_popcount(lines[c + 2 * LINE] & m1)
            + __builtin_popcount(lines[c + 3 * LINE] & m2) + __builtin_popcount(lines[c + 4 * LINE] & m3)
            + ((uint32_t) (__builtin_popcount(lines[c + 5 * LINE] & m0) + __builtin_popcount(lines[c + 6 * LINE] & m1)
            + __builtin_popcount(lines[c + 7 * LINE] & m2) + __builtin_popcount(lines[c + 8 * LINE] & m3)) << 16);
    }
}

static void fold_loop(const uint32_t *masks, const uint32_t *planes, int rows, int columns, int words,
                      uint32_t *counters, uint32_t *lines) {
    int half = columns / 2;
    for (int c = 0; c < half; c += STRIP) {
        int width = half - c < STRIP ? half - c : STRIP;
        for (int first = 0; first < words; first += GROUPS * WORDS) {
            int chunk = words - first < GROUPS * WORDS ? words - first : GROUPS * WORDS;
            for (int w = 0; w < chunk; w++) {
                const uint32_t *plane = planes + (size_t) (first + w) * columns + c;
                uint32_t *line = lines + w / WORDS * GROUP + (1 + w % WORDS) * LINE;
                memcpy(line, plane, 4 * (size_t) width);
                memcpy(line + WORDS * LINE, plane + half, 4 * (size_t) width);
            }
            for (int r = 0; r < rows; r++) {
                const uint32_t *m = masks + (size_t) r * words + first;
                uint32_t *row = counters + (size_t) r * half + c;
                int group = 0;
                memcpy(lines, row, 4 * (size_t) width);
                for (int w = 0; w < chunk; w += WORDS, group += GROUP) {
                    add(lines, group, group + width, m[w], m[w + 1], m[w + 2], m[w + 3]);
                }
                memcpy(row, lines + group, 4 * (size_t) width);
            }
        }
    }
}

/* Processor time, so that others on the machine disturb little. */
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
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

typedef void fold_kernel(const uint32_t *, const uint32_t *, int, int, int, uint32_t *, uint32_t *);

static fold_kernel *find(const char *name) {
    if (!strcmp(name, "loop")) return fold_loop;
#ifdef VECTOR
    if (!strcmp(name, "intrinsics")) return fold_intrinsics;
#endif
    return NULL;
}

int main(int argc, char **argv) {
    if (argc != 8) {
        fprintf(stderr, "usage: fold_kernel loop|intrinsics ROWS COLUMNS TRIALS WARMUPS ITERATIONS MILLISECONDS\n");
        return 2;
    }
    int rows = atoi(argv[2]), columns = atoi(argv[3]), trials = atoi(argv[4]);
    int warmups = atoi(argv[5]), iterations = atoi(argv[6]);
    double length = 1e6 * atof(argv[7]);
    if (rows < 1 || columns < 32 || columns % 32 || trials < 128 || trials % 128) {
        fprintf(stderr, "fold_kernel: columns must be a multiple of 32, trials of 128\n");
        return 2;
    }
    fold_kernel *fold = find(argv[1]);
    if (!fold) return 3;
    int words = trials / 32;
    size_t mask_words = (size_t) rows * words, plane_words = (size_t) words * columns;
    size_t counter_words = (size_t) rows * columns / 2;
    size_t strip_words = 2 * LANES * (size_t) words, line_words = GROUPS * GROUP + LINE;
    size_t scratch_words = strip_words > line_words ? strip_words : line_words;
    uint32_t *masks = aligned(4 * mask_words), *planes = aligned(4 * plane_words);
    uint32_t *counters = aligned(4 * counter_words), *scratch = aligned(4 * scratch_words);
    if (!masks || !planes || !counters || !scratch) {
        fprintf(stderr, "fold_kernel: out of memory\n");
        return 1;
    }
    state = 1;
    for (size_t i = 0; i < mask_words; i++) masks[i] = next();
    for (size_t i = 0; i < plane_words; i++) planes[i] = next();
    fold(masks, planes, rows, columns, words, counters, scratch);
    uint64_t checksum = 0;
    for (size_t i = 0; i < counter_words; i++) checksum = checksum * 31 + counters[i];
    for (int i = 0; i < warmups + iterations; i++) {
        double start = now(), end;
        long folds = 0;
        do {
            fold(masks, planes, rows, columns, words, counters, scratch);
            folds++;
            end = now();
        } while (end - start < length);
        if (i >= warmups) printf("%.1f\n", (end - start) / (double) folds);
    }
    printf("checksum %llu\n", (unsigned long long) checksum);
    return 0;
}
