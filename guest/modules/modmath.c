// The module math: all of CPython 3.11's, with its errors.
//
// Takes the place of upstream's, which lacks what deals with integers and sums. Integers of any size go through the
// interpreter's own operations, which charge for what they cost.

#include <float.h>
#include <math.h>

#include "py/objint.h"
#include "py/objlist.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#define SMALL(n) MP_OBJ_NEW_SMALL_INT(n)

static NORETURN void domain_error(void) {
    mp_raise_ValueError(MP_ERROR_TEXT("math domain error"));
}

static NORETURN void range_error(void) {
    mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("math range error"));
}

static double number(mp_obj_t value) {
    mp_float_t result;
    if (!mp_obj_get_float_maybe(value, &result)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("must be real number, not %s"), mp_obj_get_type_str(value));
    }
    if (isinf(result) && mp_obj_is_int(value)) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("int too large to convert to float"));
    }
    return result;
}

// An int of any size, from what has __index__.
static mp_obj_t integer(mp_obj_t value) {
    if (mp_obj_is_int(value)) {
        return value;
    }
    if (mp_obj_is_bool(value)) {
        return SMALL(value == mp_const_true);
    }
    mp_obj_t method[2];
    mp_load_method_maybe(value, MP_QSTR___index__, method);
    if (method[0] == MP_OBJ_NULL || mp_obj_is_float(value)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object cannot be interpreted as an integer"),
            mp_obj_get_type_str(value));
    }
    return mp_call_method_n_kw(0, 0, method);
}

static mp_obj_t op(mp_binary_op_t operation, mp_obj_t a, mp_obj_t b) {
    return mp_binary_op(operation, a, b);
}

static bool less(mp_obj_t a, mp_obj_t b) {
    return mp_obj_is_true(op(MP_BINARY_OP_LESS, a, b));
}

static size_t bit_length(mp_obj_t value) {
    if (mp_obj_is_small_int(value)) {
        mp_int_t n = MP_OBJ_SMALL_INT_VALUE(value);
        return n == 0 ? 0 : 64 - __builtin_clzll(n < 0 ? -n : n);
    }
    const mpz_t *z = &((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz;
    return z->len == 0 ? 0 : (z->len - 1) * MPZ_DIG_SIZE + (32 - __builtin_clz((uint32_t)z->dig[z->len - 1]));
}

// Functions of one real number. What is not a number, or infinite, from one that is not is an error.
static mp_obj_t one(double x, double result, bool overflows) {
    if (isnan(result) && !isnan(x)) {
        domain_error();
    }
    if (isinf(result) && isfinite(x)) {
        if (overflows) {
            range_error();
        }
        domain_error();
    }
    return mp_obj_new_float(result);
}

#define ONE(name, function, overflows) \
    static mp_obj_t math_##name(mp_obj_t x_in) { \
        double x = number(x_in); \
        return one(x, function(x), overflows); \
    } \
    static MP_DEFINE_CONST_FUN_OBJ_1(math_##name##_obj, math_##name)

static double lgamma_of(double x) {
    return isinf(x) ? INFINITY : lgamma(x);
}

static double gamma_of(double x) {
    if (x == floor(x) && (x <= 0 || isinf(x))) {
        return x == INFINITY ? x : NAN;
    }
    return tgamma(x);
}

static double degrees_of(double x) {
    return x * (180.0 / M_PI);
}
static double radians_of(double x) {
    return x * (M_PI / 180.0);
}

ONE(sqrt, sqrt, false);
ONE(cbrt, cbrt, false);
ONE(exp, exp, true);
ONE(exp2, exp2, true);
ONE(expm1, expm1, true);
ONE(log1p, log1p, false);
ONE(sin, sin, false);
ONE(cos, cos, false);
ONE(tan, tan, false);
ONE(asin, asin, false);
ONE(acos, acos, false);
ONE(atan, atan, false);
ONE(sinh, sinh, true);
ONE(cosh, cosh, true);
ONE(tanh, tanh, false);
ONE(asinh, asinh, false);
ONE(acosh, acosh, false);
ONE(atanh, atanh, false);
ONE(fabs, fabs, false);
ONE(erf, erf, false);
ONE(erfc, erfc, false);
ONE(lgamma, lgamma_of, false);
ONE(gamma, gamma_of, true);
ONE(degrees, degrees_of, true);
ONE(radians, radians_of, false);

// Functions of two.
#define TWO(name, expression) \
    static mp_obj_t math_##name(mp_obj_t x_in, mp_obj_t y_in) { \
        double x = number(x_in), y = number(y_in); \
        expression; \
    } \
    static MP_DEFINE_CONST_FUN_OBJ_2(math_##name##_obj, math_##name)

TWO(atan2, return mp_obj_new_float(atan2(x, y)));
TWO(copysign, return mp_obj_new_float(copysign(x, isnan(y) ? 1 : y))); // the box has no sign for a NaN
TWO(nextafter, return mp_obj_new_float(nextafter(x, y)));
TWO(fmod, {
    double r = fmod(x, y);
    if (isnan(r) && !isnan(x) && !isnan(y)) {
        domain_error();
    }
    return mp_obj_new_float(r);
});
TWO(remainder, {
    double r = remainder(x, y);
    if (isnan(r) && !isnan(x) && !isnan(y)) {
        domain_error();
    }
    return mp_obj_new_float(r);
});
TWO(pow, {
    double r = pow(x, y);
    if (isfinite(x) && isfinite(y)) {
        if (isnan(r) || (isinf(r) && x == 0)) {
            domain_error();
        }
        if (isinf(r)) {
            range_error();
        }
    }
    return mp_obj_new_float(r);
});

// Logarithms, of integers beyond a double as well.
static double log_of(mp_obj_t value, double (*function)(double)) {
    if (mp_obj_is_int(value) && !mp_obj_is_small_int(value)) {
        size_t bits = bit_length(value);
        if (((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz.neg) {
            domain_error();
        }
        if (bits > 1023) {
            mp_obj_t top = op(MP_BINARY_OP_RSHIFT, value, SMALL(bits - 64));
            return function(ldexp(number(top), -64)) + function(2) * (double)bits;
        }
    }
    double x = number(value);
    if (x <= 0) {
        domain_error();
    }
    return function(x);
}

static mp_obj_t math_log(size_t n_args, const mp_obj_t *args) {
    double x = log_of(args[0], log);
    if (n_args == 1) {
        return mp_obj_new_float(x);
    }
    double base = log_of(args[1], log);
    if (base == 0) {
        mp_raise_msg(&mp_type_ZeroDivisionError, MP_ERROR_TEXT("float division by zero"));
    }
    return mp_obj_new_float(x / base);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(math_log_obj, 1, 2, math_log);

static mp_obj_t math_log2(mp_obj_t x) {
    return mp_obj_new_float(log_of(x, log2));
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_log2_obj, math_log2);

static mp_obj_t math_log10(mp_obj_t x) {
    return mp_obj_new_float(log_of(x, log10));
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_log10_obj, math_log10);

static mp_obj_t math_ulp(mp_obj_t x_in) {
    double x = fabs(number(x_in));
    if (!isfinite(x)) {
        return mp_obj_new_float(x);
    }
    double up = nextafter(x, INFINITY);
    return mp_obj_new_float(isinf(up) ? x - nextafter(x, 0) : up - x);
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_ulp_obj, math_ulp);

static mp_obj_t math_isfinite(mp_obj_t x) {
    return mp_obj_new_bool(isfinite(number(x)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_isfinite_obj, math_isfinite);

static mp_obj_t math_isinf(mp_obj_t x) {
    return mp_obj_new_bool(isinf(number(x)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_isinf_obj, math_isinf);

static mp_obj_t math_isnan(mp_obj_t x) {
    return mp_obj_new_bool(isnan(number(x)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_isnan_obj, math_isnan);

static mp_obj_t math_isclose(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_a, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_b, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_rel_tol, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_abs_tol, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    };
    mp_arg_val_t v[4];
    mp_arg_parse_all(n_args, args, kwargs, 4, allowed, v);
    double a = number(v[0].u_obj), b = number(v[1].u_obj);
    double relative = v[2].u_obj == MP_OBJ_NULL ? 1e-9 : number(v[2].u_obj);
    double absolute = v[3].u_obj == MP_OBJ_NULL ? 0 : number(v[3].u_obj);
    if (relative < 0 || absolute < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("tolerances must be non-negative"));
    }
    if (a == b) {
        return mp_const_true;
    }
    if (isinf(a) || isinf(b)) {
        return mp_const_false;
    }
    double difference = fabs(b - a);
    return mp_obj_new_bool(difference <= fabs(relative * b) || difference <= fabs(relative * a) || difference <= absolute);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(math_isclose_obj, 0, math_isclose);

static mp_obj_t pair(mp_obj_t a, mp_obj_t b) {
    mp_obj_t items[2] = { a, b };
    return mp_obj_new_tuple(2, items);
}

static mp_obj_t math_frexp(mp_obj_t x_in) {
    int exponent = 0;
    double x = number(x_in), mantissa = isfinite(x) ? frexp(x, &exponent) : x;
    return pair(mp_obj_new_float(mantissa), SMALL(exponent));
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_frexp_obj, math_frexp);

static mp_obj_t math_modf(mp_obj_t x_in) {
    double whole, x = number(x_in), fraction = modf(x, &whole);
    return pair(mp_obj_new_float(fraction), mp_obj_new_float(whole));
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_modf_obj, math_modf);

static mp_obj_t math_ldexp(mp_obj_t x_in, mp_obj_t exponent_in) {
    double x = number(x_in);
    if (!mp_obj_is_int(exponent_in) && !mp_obj_is_bool(exponent_in)) {
        mp_raise_TypeError(MP_ERROR_TEXT("Expected an int as second argument to ldexp."));
    }
    int exponent = less(SMALL(5000), exponent_in) ? 5000 : less(exponent_in, SMALL(-5000)) ? -5000 : mp_obj_get_int(exponent_in);
    double result = ldexp(x, exponent);
    if (isinf(result) && isfinite(x)) {
        range_error();
    }
    return mp_obj_new_float(result);
}
static MP_DEFINE_CONST_FUN_OBJ_2(math_ldexp_obj, math_ldexp);

// floor, ceil, trunc: ints, floats, and what has the method.
static mp_obj_t rounded(mp_obj_t x, qstr method_name, double (*function)(double)) {
    if (mp_obj_is_int(x)) {
        return x;
    }
    if (mp_obj_is_bool(x)) {
        return SMALL(x == mp_const_true);
    }
    if (!mp_obj_is_float(x)) {
        mp_obj_t method[2];
        mp_load_method_maybe(x, method_name, method);
        if (method[0] != MP_OBJ_NULL) {
            return mp_call_method_n_kw(0, 0, method);
        }
        if (method_name == MP_QSTR___trunc__) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("type %s doesn't define __trunc__ method"),
                mp_obj_get_type_str(x));
        }
    }
    double value = number(x);
    if (isinf(value)) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("cannot convert float infinity to integer"));
    }
    if (isnan(value)) {
        mp_raise_ValueError(MP_ERROR_TEXT("cannot convert float NaN to integer"));
    }
    return mp_obj_new_int_from_float(function(value));
}

static mp_obj_t math_floor(mp_obj_t x) {
    return rounded(x, MP_QSTR___floor__, floor);
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_floor_obj, math_floor);

static mp_obj_t math_ceil(mp_obj_t x) {
    return rounded(x, MP_QSTR___ceil__, ceil);
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_ceil_obj, math_ceil);

static mp_obj_t math_trunc(mp_obj_t x) {
    return rounded(x, MP_QSTR___trunc__, trunc);
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_trunc_obj, math_trunc);

// Sums that lose nothing.

// a + b exactly, as the rounded sum and what it lacks.
static inline double two_sum(double a, double b, double *rest) {
    double sum = a + b, part = sum - a;
    *rest = (a - (sum - part)) + (b - part);
    return sum;
}

static mp_obj_t math_fsum(mp_obj_t iterable) {
    size_t used = 0, alloc = 32;
    double *partials = m_new(double, alloc), special = 0, infinite = 0;
    mp_obj_iter_buf_t buffer;
    mp_obj_t iterator = mp_getiter(iterable, &buffer), item;
    while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        double x = number(item), given = x;
        size_t kept = 0;
        for (size_t i = 0; i < used; i++) {
            double y = partials[i], rest, sum = fabs(x) < fabs(y) ? two_sum(y, x, &rest) : two_sum(x, y, &rest);
            if (rest != 0) {
                partials[kept++] = rest;
            }
            x = sum;
        }
        used = kept;
        if (x == 0) {
            continue;
        }
        if (!isfinite(x)) {
            if (isfinite(given)) {
                mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("intermediate overflow in fsum"));
            }
            infinite += isinf(given) ? given : 0;
            special += given;
            used = 0;
            continue;
        }
        if (used == alloc) {
            partials = m_renew(double, partials, alloc, alloc * 2);
            alloc *= 2;
        }
        partials[used++] = x;
    }
    if (special != 0) {
        if (isnan(infinite)) {
            mp_raise_ValueError(MP_ERROR_TEXT("-inf + inf in fsum"));
        }
        return mp_obj_new_float(special);
    }
    double high = 0, low = 0;
    if (used > 0) {
        high = partials[--used];
        while (used > 0) {
            double x = high, y = partials[--used];
            high = x + y;
            low = y - (high - x);
            if (low != 0) {
                break;
            }
        }
        // Half-way cases round by the rest.
        if (used > 0 && ((low < 0 && partials[used - 1] < 0) || (low > 0 && partials[used - 1] > 0))) {
            double y = low * 2, x = high + y;
            if (y == x - high) {
                high = x;
            }
        }
    }
    return mp_obj_new_float(high);
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_fsum_obj, math_fsum);

// x * x exactly.
static inline double square(double x, double *rest) {
    double t = x * 134217729.0, high = t - (t - x), low = x - high, product = x * x;
    *rest = low * low - ((product - high * high) - 2 * high * low);
    return product;
}

// The length of a vector, correct but for the last rounding.
static double norm(const double *v, size_t n) {
    double greatest = 0;
    bool nan = false;
    for (size_t i = 0; i < n; i++) {
        nan |= isnan(v[i]);
        greatest = fmax(greatest, fabs(v[i]));
    }
    if (isinf(greatest) || n == 0) {
        return greatest;
    }
    if (nan) {
        return NAN;
    }
    if (greatest == 0 || n == 1) {
        return greatest;
    }
    int exponent;
    frexp(greatest, &exponent);
    double sum = 0, rest = 0;
    for (size_t i = 0; i < n; i++) {
        double low, carry, x = ldexp(v[i], -exponent), high = square(x, &low);
        sum = two_sum(sum, high, &carry);
        rest += low + carry;
    }
    double root = sqrt(sum + rest), low, high = square(root, &low), difference = ((sum - high) - low) + rest;
    return ldexp(root + difference / (2 * root), exponent);
}

static mp_obj_t math_hypot(size_t n_args, const mp_obj_t *args) {
    double *v = m_new(double, n_args + 1);
    for (size_t i = 0; i < n_args; i++) {
        v[i] = number(args[i]);
    }
    return mp_obj_new_float(norm(v, n_args));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(math_hypot_obj, 0, math_hypot);

static mp_obj_t as_tuple(mp_obj_t sequence) {
    return mp_obj_is_type(sequence, &mp_type_tuple) ? sequence
        : mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), sequence);
}

static mp_obj_t math_dist(mp_obj_t p_in, mp_obj_t q_in) {
    mp_obj_tuple_t *p = MP_OBJ_TO_PTR(as_tuple(p_in)), *q = MP_OBJ_TO_PTR(as_tuple(q_in));
    if (p->len != q->len) {
        mp_raise_ValueError(MP_ERROR_TEXT("both points must have the same number of dimensions"));
    }
    double *v = m_new(double, p->len + 1);
    for (size_t i = 0; i < p->len; i++) {
        v[i] = number(p->items[i]) - number(q->items[i]);
    }
    return mp_obj_new_float(norm(v, p->len));
}
static MP_DEFINE_CONST_FUN_OBJ_2(math_dist_obj, math_dist);

// Integers.

static mp_obj_t absolute(mp_obj_t value) {
    return mp_unary_op(MP_UNARY_OP_ABS, value);
}

static mp_obj_t gcd(mp_obj_t a, mp_obj_t b) {
    while (!mp_obj_is_small_int(a) || !mp_obj_is_small_int(b)) {
        if (b == SMALL(0)) {
            return absolute(a);
        }
        mp_obj_t r = op(MP_BINARY_OP_MODULO, a, b);
        a = b;
        b = r;
    }
    mp_int_t x = MP_OBJ_SMALL_INT_VALUE(a), y = MP_OBJ_SMALL_INT_VALUE(b);
    while (y != 0) {
        mp_int_t r = x % y;
        x = y;
        y = r;
    }
    return mp_obj_new_int(x < 0 ? -x : x);
}

static mp_obj_t math_gcd(size_t n_args, const mp_obj_t *args) {
    mp_obj_t result = SMALL(0);
    for (size_t i = 0; i < n_args; i++) {
        result = gcd(result, integer(args[i]));
    }
    return result;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(math_gcd_obj, 0, math_gcd);

static mp_obj_t math_lcm(size_t n_args, const mp_obj_t *args) {
    mp_obj_t result = SMALL(1);
    for (size_t i = 0; i < n_args; i++) {
        mp_obj_t x = integer(args[i]);
        if (x == SMALL(0) || result == SMALL(0)) {
            result = SMALL(0);
            continue;
        }
        result = absolute(op(MP_BINARY_OP_MULTIPLY, op(MP_BINARY_OP_FLOOR_DIVIDE, result, gcd(result, x)), x));
    }
    return result;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(math_lcm_obj, 0, math_lcm);

// The product of from, from + 1, ... to: by halves, so that large factors meet large ones.
static mp_obj_t product(mp_int_t from, mp_int_t to) {
    if (to - from < 8) {
        mp_obj_t result = SMALL(from);
        for (mp_int_t i = from + 1; i <= to; i++) {
            result = op(MP_BINARY_OP_MULTIPLY, result, SMALL(i));
        }
        return result;
    }
    mp_int_t middle = from + (to - from) / 2;
    mp_obj_t low = product(from, middle);
    return op(MP_BINARY_OP_MULTIPLY, low, product(middle + 1, to));
}

static mp_obj_t math_factorial(mp_obj_t n_in) {
    mp_obj_t n = integer(n_in);
    if (less(n, SMALL(0))) {
        mp_raise_ValueError(MP_ERROR_TEXT("factorial() not defined for negative values"));
    }
    if (!mp_obj_is_small_int(n) || MP_OBJ_SMALL_INT_VALUE(n) > INT32_MAX) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("factorial() argument should not exceed 9223372036854775807"));
    }
    return MP_OBJ_SMALL_INT_VALUE(n) < 2 ? SMALL(1) : product(2, MP_OBJ_SMALL_INT_VALUE(n));
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_factorial_obj, math_factorial);

static mp_obj_t falling(mp_obj_t n, mp_obj_t k, bool divide) {
    if (!mp_obj_is_small_int(k)) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("k must not exceed 9223372036854775807"));
    }
    mp_obj_t result = SMALL(1);
    for (mp_int_t i = 0; i < MP_OBJ_SMALL_INT_VALUE(k); i++) {
        result = op(MP_BINARY_OP_MULTIPLY, result, op(MP_BINARY_OP_SUBTRACT, n, SMALL(i)));
        if (divide) {
            result = op(MP_BINARY_OP_FLOOR_DIVIDE, result, SMALL(i + 1));
        }
    }
    return result;
}

static mp_obj_t math_perm(size_t n_args, const mp_obj_t *args) {
    if (n_args == 1 || args[1] == mp_const_none) {
        return math_factorial(args[0]);
    }
    mp_obj_t n = integer(args[0]), k = integer(args[1]);
    if (less(n, SMALL(0))) {
        mp_raise_ValueError(MP_ERROR_TEXT("n must be a non-negative integer"));
    }
    if (less(k, SMALL(0))) {
        mp_raise_ValueError(MP_ERROR_TEXT("k must be a non-negative integer"));
    }
    return less(n, k) ? SMALL(0) : falling(n, k, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(math_perm_obj, 1, 2, math_perm);

static mp_obj_t math_comb(mp_obj_t n_in, mp_obj_t k_in) {
    mp_obj_t n = integer(n_in), k = integer(k_in);
    if (less(n, SMALL(0))) {
        mp_raise_ValueError(MP_ERROR_TEXT("n must be a non-negative integer"));
    }
    if (less(k, SMALL(0))) {
        mp_raise_ValueError(MP_ERROR_TEXT("k must be a non-negative integer"));
    }
    if (less(n, k)) {
        return SMALL(0);
    }
    mp_obj_t other = op(MP_BINARY_OP_SUBTRACT, n, k);
    return falling(n, less(other, k) ? other : k, true);
}
static MP_DEFINE_CONST_FUN_OBJ_2(math_comb_obj, math_comb);

static mp_obj_t math_isqrt(mp_obj_t n_in) {
    mp_obj_t n = integer(n_in);
    if (less(n, SMALL(0))) {
        mp_raise_ValueError(MP_ERROR_TEXT("isqrt() argument must be nonnegative"));
    }
    if (mp_obj_is_small_int(n)) {
        mp_int_t value = MP_OBJ_SMALL_INT_VALUE(n), root = (mp_int_t)sqrt((double)value);
        while (root * root > value) {
            root--;
        }
        while ((root + 1) * (root + 1) <= value) {
            root++;
        }
        return SMALL(root);
    }
    // Newton's iteration from above.
    mp_obj_t x = op(MP_BINARY_OP_LSHIFT, SMALL(1), SMALL((bit_length(n) + 1) / 2));
    for (;;) {
        mp_obj_t y = op(MP_BINARY_OP_RSHIFT, op(MP_BINARY_OP_ADD, x, op(MP_BINARY_OP_FLOOR_DIVIDE, n, x)), SMALL(1));
        if (!less(y, x)) {
            return x;
        }
        x = y;
    }
}
static MP_DEFINE_CONST_FUN_OBJ_1(math_isqrt_obj, math_isqrt);

static mp_obj_t math_prod(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_iterable, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_start, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(1) } },
    };
    mp_arg_val_t v[2];
    mp_arg_parse_all(n_args, args, kwargs, 2, allowed, v);
    mp_obj_iter_buf_t buffer;
    mp_obj_t iterator = mp_getiter(v[0].u_obj, &buffer), item, result = v[1].u_obj;
    while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        result = op(MP_BINARY_OP_MULTIPLY, result, item);
    }
    return result;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(math_prod_obj, 0, math_prod);

#define FUNCTION(name) { MP_ROM_QSTR(MP_QSTR_##name), MP_ROM_PTR(&math_##name##_obj) }

static const mp_rom_map_elem_t math_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_math) },
    { MP_ROM_QSTR(MP_QSTR_e), mp_const_float_e },
    { MP_ROM_QSTR(MP_QSTR_pi), mp_const_float_pi },
    { MP_ROM_QSTR(MP_QSTR_tau), mp_const_float_tau },
    { MP_ROM_QSTR(MP_QSTR_inf), mp_const_float_inf },
    { MP_ROM_QSTR(MP_QSTR_nan), mp_const_float_nan },
    FUNCTION(sqrt), FUNCTION(cbrt), FUNCTION(exp), FUNCTION(exp2), FUNCTION(expm1), FUNCTION(log), FUNCTION(log1p),
    FUNCTION(log2), FUNCTION(log10), FUNCTION(sin), FUNCTION(cos), FUNCTION(tan), FUNCTION(asin), FUNCTION(acos),
    FUNCTION(atan), FUNCTION(atan2), FUNCTION(sinh), FUNCTION(cosh), FUNCTION(tanh), FUNCTION(asinh), FUNCTION(acosh),
    FUNCTION(atanh), FUNCTION(fabs), FUNCTION(erf), FUNCTION(erfc), FUNCTION(gamma), FUNCTION(lgamma), FUNCTION(degrees),
    FUNCTION(radians), FUNCTION(copysign), FUNCTION(nextafter), FUNCTION(ulp), FUNCTION(fmod), FUNCTION(remainder),
    FUNCTION(pow), FUNCTION(isfinite), FUNCTION(isinf), FUNCTION(isnan), FUNCTION(isclose), FUNCTION(frexp), FUNCTION(modf),
    FUNCTION(ldexp), FUNCTION(floor), FUNCTION(ceil), FUNCTION(trunc), FUNCTION(fsum), FUNCTION(hypot), FUNCTION(dist),
    FUNCTION(gcd), FUNCTION(lcm), FUNCTION(factorial), FUNCTION(perm), FUNCTION(comb), FUNCTION(isqrt), FUNCTION(prod),
};
static MP_DEFINE_CONST_DICT(math_globals, math_globals_table);

const mp_obj_module_t mp_module_math = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&math_globals,
};
MP_REGISTER_MODULE(MP_QSTR_math, mp_module_math);
