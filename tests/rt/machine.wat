;; The guest of tests/rt: run(n) calls entry n of the table, a function () -> i32 whose arguments lie at address 64.
;; The numbers are in machine.h.
(module
  (type $op (func (result i32)))
  (type $protected (func (param i32)))
  (import "hermetic" "try" (func $try (param i32 i32) (result i32)))
  (import "hermetic" "throw" (func $throw))
  (import "hermetic" "event" (func $event (param i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (global $sp (export "__stack_pointer") (mut i32) (i32.const 65536))
  (global $fuel (export "fuel") (mut i64) (i64.const 0))
  (table (export "__indirect_function_table") 64 64 funcref)
  (elem (i32.const 1)
    $load8 $load32 $load64 $store8 $store32 $store64 $load_far $store_far ;; 1 to 8
    $div $rem $trunc $unreachable $wrong_type $recurse $grow $fill        ;; 9 to 16
    $copy $event_op $nest $lone_throw $throw_far $touch $sum $try_index   ;; 17 to 24
    $loop_events $sp_after_throw $call_null $size $spin)                  ;; 25 to 29
  (elem (i32.const 40) $nested $thrower $deep_thrower $returner $sp_mover $deep_recurse)

  (func $arg0 (result i32) (i32.load (i32.const 64)))
  (func $arg1 (result i32) (i32.load (i32.const 68)))
  (func $arg2 (result i32) (i32.load (i32.const 72)))

  (func (export "run") (param i32) (result i32) (call_indirect (type $op) (local.get 0)))
  (func (export "boot"))

  (func $load8 (result i32) (i32.load8_u (call $arg0)))
  (func $load32 (result i32) (i32.load (call $arg0)))
  (func $load64 (result i32) (i32.wrap_i64 (i64.load (call $arg0))))
  (func $store8 (result i32) (i32.store8 (call $arg0) (call $arg1)) (i32.const 0))
  (func $store32 (result i32) (i32.store (call $arg0) (call $arg1)) (i32.const 0))
  (func $store64 (result i32) (i64.store (call $arg0) (i64.extend_i32_u (call $arg1))) (i32.const 0))
  (func $load_far (result i32) (i32.wrap_i64 (i64.load offset=16777215 (call $arg0))))
  (func $store_far (result i32) (i64.store offset=16777215 (call $arg0) (i64.const 1)) (i32.const 0))
  (func $div (result i32) (i32.div_s (call $arg0) (call $arg1)))
  (func $rem (result i32) (i32.rem_u (call $arg0) (call $arg1)))
  (func $trunc (result i32) (i32.trunc_f64_s (f64.load (i32.const 64))))
  (func $unreachable (result i32) (unreachable))
  (func $wrong_type (result i32) (call_indirect (type $protected) (i32.const 0) (i32.const 1)) (i32.const 0))
  (func $call_null (result i32) (call_indirect (type $op) (i32.const 0)))
  (func $recurse (result i32) (i32.add (call $recurse) (i32.const 1)))
  (func $grow (result i32) (memory.grow (call $arg0)))
  (func $size (result i32) (memory.size))
  (func $fill (result i32) (memory.fill (call $arg0) (call $arg1) (call $arg2)) (i32.const 0))
  (func $copy (result i32) (memory.copy (call $arg0) (call $arg1) (call $arg2)) (i32.const 0))
  (func $event_op (result i32) (call $event (call $arg0) (call $arg1) (call $arg2)))

  ;; arg0 protected calls inside each other; the innermost throws arg1 times on the way out.
  (func $nest (result i32) (call $nested (call $arg0)) (i32.load (i32.const 80)))
  (func $nested (param i32)
    (if (i32.eqz (local.get 0)) (then (call $throw)))
    (i32.store (i32.const 80)
      (i32.add (i32.load (i32.const 80)) (call $try (i32.const 40) (i32.sub (local.get 0) (i32.const 1)))))
    (call $throw))
  (func $lone_throw (result i32) (call $throw) (i32.const 0))
  (func $thrower (param i32) (call $throw))
  (func $returner (param i32))
  ;; Throws from below arg0 frames; says 1 each of arg1 times.
  (func $throw_far (result i32) (local $n i32) (local $sum i32)
    (local.set $n (call $arg1))
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $try (i32.const 42) (call $arg0))))
      (local.set $sum (i32.add (local.get $sum) (call $try (i32.const 43) (i32.const 0))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func $deep_thrower (param i32) (if (i32.eqz (local.get 0)) (then (call $throw)))
    (call $deep_thrower (i32.sub (local.get 0) (i32.const 1)))
    (i32.store (i32.const 84) (local.get 0)))
  (func $try_index (result i32) (call $try (call $arg0) (i32.const 0)))
  (func $sp_mover (param i32) (global.set $sp (i32.const 12345)) (call $throw))
  (func $sp_after_throw (result i32)
    (global.set $sp (i32.const 54321)) (drop (call $try (i32.const 44) (i32.const 0))) (global.get $sp))
  (func $deep_recurse (param i32) (drop (call $try (i32.const 45) (local.get 0))))

  ;; Writes arg2 to the first word of each page in [arg0, arg1).
  (func $touch (result i32) (local $at i32)
    (local.set $at (call $arg0))
    (loop $again
      (i32.store (local.get $at) (call $arg2))
      (br_if $again (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4096))) (call $arg1))))
    (i32.const 0))
  (func $sum (result i32) (local $at i32) (local $sum i32)
    (local.set $at (call $arg0))
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $at))))
      (br_if $again (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (call $arg1))))
    (local.get $sum))
  ;; arg0 events, each a suspend in the tests.
  (func $loop_events (result i32) (local $n i32) (local $sum i32)
    (local.set $n (call $arg0))
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $event (local.get $n) (i32.const 0) (i32.const 0))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func $spin (result i32) (local $n i32)
    (local.set $n (call $arg0))
    (loop $again (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.const 0))
)
