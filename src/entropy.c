/* src/entropy.c: the reproducible sequence, by SplitMix64 (Steele, Lea and Flood, 2014). The state is a counter, so a
 * snapshot need only say how many draws were made. */
#include "entropy.h"

void hermetic__entropy_seeded(uint64_t seed, uint64_t draw, uint8_t to[8])
{
    uint64_t z = seed + (draw + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)(z >> 8 * i);
}
