// The system calls that a sandboxed program may not make, as a seccomp filter: a classic BPF program of 8-byte instructions
// (struct sock_filter: u16 code, u8 jump if true, u8 jump if false, u32 operand) over struct seccomp_data (number at 0, architecture
// at 4, arguments from 16). Owns the list and its encoding; bwrap installs it before the interpreter starts.
//
// The list closes what namespaces and resource limits leave open:
// - new processes. With one process the limits of a process are the limits of the whole run, so no control group is needed;
// - memory that no resource limit counts (memfd, System V and POSIX queues);
// - sockets of every kind, new namespaces and mounts, tracing, keys, and the parts of the kernel where its defects are found
//   (io_uring, bpf, userfaultfd, perf).
// A forbidden call fails with EPERM, so that the program sees an ordinary error. Numbers: Linux's unistd tables.

/** An architecture's audit number, and its number of each forbidden call (absent: the architecture lacks it). */
interface Architecture {
  readonly audit: number;
  readonly clone: number;
  readonly clone3: number;
  /** Numbers from here on belong to another calling convention (x32), which is refused whole. */
  readonly foreignFrom?: number;
  readonly forbidden: Readonly<Record<string, number>>;
}

/** Calls newer than the split of the tables: the same number everywhere. */
const COMMON = {
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  fsconfig: 431,
  fsmount: 432,
  fspick: 433,
  pidfd_open: 434,
  pidfd_getfd: 438,
  process_madvise: 440,
  mount_setattr: 442,
  memfd_secret: 447,
  process_mrelease: 448,
};

const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    clone3: 435,
    foreignFrom: 0x40000000,
    forbidden: {
      ...COMMON,
      shmget: 29,
      shmat: 30,
      shmctl: 31,
      socket: 41,
      socketpair: 53,
      fork: 57,
      vfork: 58,
      semget: 64,
      msgget: 68,
      ptrace: 101,
      personality: 135,
      pivot_root: 155,
      chroot: 161,
      acct: 163,
      mount: 165,
      umount2: 166,
      swapon: 167,
      reboot: 169,
      init_module: 175,
      delete_module: 176,
      quotactl: 179,
      mq_open: 240,
      kexec_load: 246,
      add_key: 248,
      request_key: 249,
      keyctl: 250,
      unshare: 272,
      perf_event_open: 298,
      fanotify_init: 300,
      name_to_handle_at: 303,
      open_by_handle_at: 304,
      setns: 308,
      process_vm_readv: 310,
      process_vm_writev: 311,
      kcmp: 312,
      finit_module: 313,
      memfd_create: 319,
      kexec_file_load: 320,
      bpf: 321,
      userfaultfd: 323,
    },
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    clone3: 435,
    forbidden: {
      ...COMMON,
      umount2: 39,
      mount: 40,
      pivot_root: 41,
      chroot: 51,
      quotactl: 60,
      acct: 89,
      personality: 92,
      unshare: 97,
      kexec_load: 104,
      init_module: 105,
      delete_module: 106,
      ptrace: 117,
      reboot: 142,
      mq_open: 180,
      msgget: 186,
      semget: 190,
      shmget: 194,
      shmctl: 195,
      shmat: 196,
      socket: 198,
      socketpair: 199,
      add_key: 217,
      request_key: 218,
      keyctl: 219,
      swapon: 224,
      perf_event_open: 241,
      fanotify_init: 262,
      name_to_handle_at: 264,
      open_by_handle_at: 265,
      setns: 268,
      process_vm_readv: 270,
      process_vm_writev: 271,
      kcmp: 272,
      finit_module: 273,
      memfd_create: 279,
      bpf: 280,
      userfaultfd: 282,
      kexec_file_load: 294,
    },
  },
};

const LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
const IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const IF_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const IF_BITS = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const RETURN = 0x06; // BPF_RET | BPF_K
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const fail = (errno: number) => 0x00050000 | errno;
const EPERM = 1;
const ENOSYS = 38;
const CLONE_THREAD = 0x00010000;

/** The filter for an architecture as Node names it, or undefined where there is none. */
export function systemCallFilter(architecture: string): Buffer | undefined {
  const known = Object.hasOwn(ARCHITECTURES, architecture) ? ARCHITECTURES[architecture]! : undefined;
  if (known === undefined) return undefined;
  const program: [number, number, number, number][] = [];
  const add = (code: number, operand: number, onTrue = 0, onFalse = 0) =>
    program.push([code, onTrue, onFalse, operand]);
  /** One return where the loaded word equals `value`. */
  const answer = (value: number, result: number) => {
    add(IF_EQUAL, value, 0, 1);
    add(RETURN, result);
  };
  add(LOAD, 4);
  add(IF_EQUAL, known.audit, 1, 0);
  add(RETURN, KILL);
  add(LOAD, 0);
  if (known.foreignFrom !== undefined) {
    add(IF_AT_LEAST, known.foreignFrom, 0, 1);
    add(RETURN, KILL);
  }
  for (const number of Object.values(known.forbidden)) answer(number, fail(EPERM));
  // Its flags lie in memory, where no filter sees them; the C library then takes clone.
  answer(known.clone3, fail(ENOSYS));
  // clone makes threads and nothing else: its flags are the first argument.
  add(IF_EQUAL, known.clone, 0, 3);
  add(LOAD, 16);
  add(IF_BITS, CLONE_THREAD, 1, 0);
  add(RETURN, fail(EPERM));
  add(RETURN, ALLOW);
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, onTrue, onFalse, operand], i) => {
    bytes.writeUInt16LE(code, i * 8);
    bytes.writeUInt8(onTrue, i * 8 + 2);
    bytes.writeUInt8(onFalse, i * 8 + 3);
    bytes.writeUInt32LE(operand >>> 0, i * 8 + 4);
  });
  return bytes;
}
