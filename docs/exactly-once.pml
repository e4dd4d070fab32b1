/*
 * One job per Idempotency-Key: the protocol between the function, its DynamoDB table and Batch, as a model for spin.
 *
 *   make model        verifies it, and checks that every mutant below fails
 *
 * The protocol
 *   claim      PutItem with a fresh nonce as `owner` and the invocation's deadline plus a margin as
 *              `in_progress_expiration`, if there is no item. If the response is lost, the same PutItem is sent again;
 *              an item that holds our own nonce is ours. An item of another invocation is returned by the failed
 *              condition, and what it holds decides: replay, or reconcile.
 *   submit     The invocation that owns the item reads the wall clock, signs SubmitJob with that very reading, and
 *              sends it only if the reading is not after its deadline. Every attempt does so. There is another attempt
 *              only if Batch can't have accepted the last one: nothing was sent, or Batch refused or throttled it.
 *   complete   UpdateItem to COMPLETED with the response, if the item is in progress and still ours. The caller gets
 *              the job even if this fails, because the next request reconciles.
 *   release    DeleteItem, if the item is in progress and still ours, and only when Batch can't have accepted any
 *              attempt, or when claim or takeOver has failed. Nothing is released after an unknown outcome of submit.
 *   replay     What a COMPLETED item holds is the response.
 *   reconcile  Before `in_progress_expiration`: 409. After it, the function reads the clock, and THEN sends ListJobs
 *              and DescribeJobs. If they find the job: complete it, on the condition that the item is in progress and
 *              its owner is the one that was read, and respond with the job. If a candidate is listed but not
 *              described: 409. A queue that Batch doesn't know has no job. If there is no job, and the clock read before
 *              was not yet past `in_progress_expiration` plus the settle time: 409. Otherwise:
 *   takeOver   UpdateItem to our nonce and our `in_progress_expiration`, if the item is in progress and its owner is
 *              the one that was read. If the response is lost, it is sent again; an item that holds our own nonce is
 *              ours. Then submit. If another nonce is there: 409. If it is COMPLETED: replay.
 *
 * What goes wrong in it, any number of times and in any order
 *   An invocation dies before or after any step, or is paused there for any time. Requests race, and clients retry,
 *   without limit. A response of DynamoDB is lost, and the write is applied at any later time, several times, or never.
 *   A response of Batch is lost, and the request arrives at any later time, or never. Batch throttles and refuses.
 *   ListJobs misses a job that is not LISTED old, even if it showed the job before. DescribeJobs misses any job, for as
 *   long as there are faults.
 *
 * What it shows
 *   No key has two jobs. No two responses for a key name different jobs. From every reachable state there is a way to a
 *   response: once the faults stop, a client that asks once per unit of time gets it, at the latest when the settle
 *   time of an invocation that began at that moment is over.
 *
 * What it assumes
 *   1. Batch accepts no request later than SIGNATURE (five minutes) after the time in its signature.
 *   2. ListJobs shows a job, whatever becomes of it, from LISTED (a minute) after Batch accepted the request, for as
 *      long as the key lives. The settle time is the sum, SIGNATURE + LISTED.
 *   3. Clocks differ from Batch's by at most SKEW, which the margin between the deadline and `in_progress_expiration`
 *      covers. Only a clock that is ahead when reconcile reads it matters. The clock of the invocation that submits may
 *      be wrong, because Batch checks the same reading as the deadline.
 *   4. DynamoDB's conditional writes are atomic, and a failed condition returns the current item.
 *   5. Every invocation has a nonce of its own, also when Lambda delivers an event again or thaws a snapshot.
 *
 * Time
 *   Only the order of events matters, so a unit has no length. An age counts from the start of an invocation, and stops
 *   where it can't decide anything any more. The number of requests and the time that passes are therefore unbounded,
 *   and the state space is still finite. FUNCTIONS is the number of nonces that are in use at once: by a running
 *   invocation, the item, another invocation that read it, or a request on its way.
 *
 * Left out
 *   Expiry of keys: an item whose `expiration` has passed counts as absent, and a second job is then as documented.
 *   That needs an `expiration` after the settle time of every owner, hence a minimum for IDEMPOTENCY_EXPIRES_AFTER, and
 *   a takeOver that renews it. Assumption 2 also limits it to the time for which Batch keeps ended jobs. Also left out:
 *   a key that is used for another request (422), the bodies of responses, and the pages of ListJobs. DynamoDB refuses
 *   old signatures as well; the model lets a late write be applied at any time, which is worse.
 */

#ifndef FUNCTIONS
#define FUNCTIONS 2
#endif
#ifndef DEADLINE    /* from the beginning of an invocation */
#define DEADLINE  1
#endif
#ifndef SKEW
#define SKEW      1
#endif
#ifndef MARGIN
#define MARGIN    1
#endif
#ifndef SIGNATURE
#define SIGNATURE 2
#endif
#ifndef LISTED
#define LISTED    1
#endif
#ifndef SETTLE
#define SETTLE    3
#endif

#define IN_PROGRESS_EXPIRATION (DEADLINE + MARGIN)
#define SETTLED                (IN_PROGRESS_EXPIRATION + SETTLE)
#define OLDEST                 (SETTLED + SKEW)
#define NOBODY                 FUNCTIONS

mtype = { absent, inProgress, completed };

/* The item in DynamoDB. Its in_progress_expiration follows from the age of its owner. */
mtype status = absent;
byte owner = NOBODY;
byte response;               /* the job in it */

/* Batch: jobs are numbered from 1. */
byte jobs;
byte jobAge;                 /* the last job's, up to LISTED */

/* Invocations, and what remains of them. An invocation's index is its nonce; it is used again when nothing knows it. */
bool running[FUNCTIONS];
byte age[FUNCTIONS];         /* up to OLDEST */
byte seen[FUNCTIONS] = NOBODY;   /* the owner that it read and reconciles */
byte job[FUNCTIONS];         /* the job that it submitted or found */
byte usable[FUNCTIONS];      /* the age at which the signature of its SubmitJob expires */

/* Requests that are on their way although nobody waits for them. */
bool lateClaim[FUNCTIONS];
bool lateTakeOver[FUNCTIONS];
bool lateComplete[FUNCTIONS];
bool lateCompleteFound[FUNCTIONS];
bool lateRelease[FUNCTIONS];
bool lateSubmit[FUNCTIONS];

byte answered;               /* the job that a response has named */

/* The end: faults have stopped, and one client asks until it has a response. */
bool calm;
bool asked;                  /* in this unit of time */
bool done;
byte waited;                 /* units of time since the faults stopped */

#define FAULTS !calm

/* A late write can do nothing to a COMPLETED item. */
#define LATE_WRITE(n) (lateClaim[n] || lateTakeOver[n] || lateComplete[n] || lateCompleteFound[n] || lateRelease[n])
#ifdef ONE_LATE_WRITER       /* at a time, for a smaller state space */
#define MAY_BE_LATE(n) (FAULTS && status != completed && (n == 0 || !LATE_WRITE(0)) && (n == 1 || !LATE_WRITE(1)) && \
  (n == FUNCTIONS - 1 || !LATE_WRITE(FUNCTIONS - 1)))
#else
#define MAY_BE_LATE(n) (FAULTS && status != completed)
#endif

#define LATE(n)  (LATE_WRITE(n) || lateSubmit[n])
#define KNOWN(n) (owner == n || seen[0] == n || seen[1] == n || seen[FUNCTIONS - 1] == n)
#define BLANK(n) (!running[n] && !LATE(n) && !KNOWN(n))
#define IDLE     (!running[0] && !running[1] && !running[FUNCTIONS - 1])

/* Values that can't matter any more are reset, so that states which differ only in it are one. */
inline tidyOne(n) {
  seen[n] = (running[n] || lateTakeOver[n] || lateCompleteFound[n] -> seen[n] : NOBODY);
  job[n] = (running[n] || lateComplete[n] || lateCompleteFound[n] -> job[n] : 0);
  usable[n] = (running[n] || lateSubmit[n] -> usable[n] : 0)
}

inline tidy() {
  d_step {
    tidyOne(0); tidyOne(1); tidyOne(FUNCTIONS - 1);
    age[0] = (BLANK(0) -> 0 : age[0]);
    age[1] = (BLANK(1) -> 0 : age[1]);
    age[FUNCTIONS - 1] = (BLANK(FUNCTIONS - 1) -> 0 : age[FUNCTIONS - 1])
  }
}

/* ---- DynamoDB: conditional writes, when they are applied ---- */

inline applyClaim(who) {
  if
  :: status == absent -> status = inProgress; owner = who
  :: else
  fi
}

#ifdef MUTANT_TAKE_OVER_UNCONDITIONAL
#define STANDS(who) true
#else
#define STANDS(who) (owner == seen[who])
#endif

inline applyTakeOver(who) {
  if
  :: status == inProgress && STANDS(who) -> owner = who; tidy()
  :: else
  fi
}

inline forgetWrites(from) {
  lateClaim[from] = false; lateTakeOver[from] = false; lateComplete[from] = false; lateCompleteFound[from] = false;
  lateRelease[from] = false
}

/* No write changes a COMPLETED item, so those on their way are forgotten. */
inline applyComplete(who, holder) {
  if
  :: status == inProgress && owner == holder ->
     status = completed; owner = NOBODY; response = job[who];
     forgetWrites(0); forgetWrites(1); forgetWrites(FUNCTIONS - 1);
     tidy()
  :: else
  fi
}

#ifdef MUTANT_RELEASE_UNCONDITIONAL
#define OURS(who) true
#else
#define OURS(who) (owner == who)
#endif

inline applyRelease(who) {
  if
  :: status == inProgress && OURS(who) -> status = absent; owner = NOBODY; tidy()
  :: else
  fi
}

/* ---- Batch ---- */

inline accept() {
#ifdef MUTANT_ONLY_RESPONSES
  /* Allows a second job, so that it is the other property that fails. */
  jobs = (jobs < 2 -> jobs + 1 : 2);
#else
  jobs++;
  assert(jobs == 1);                              /* never two jobs for one key */
#endif
  jobAge = 0
}

/* ---- The function ---- */

inline respond(with) {
  assert(answered == 0 || answered == with);      /* never two jobs in the responses for one key */
  answered = with;
  done = calm
}

/* This function's clock, as an age of that nonce's invocation. */
inline readClock(nonce) {
  if
  :: now = age[nonce] + SKEW
  :: now = age[nonce]
  :: now = age[nonce] - SKEW
  fi
}

/*
 * The first option of each step is the invocation's death before it, or that it gives up there. `true ->` comes before
 * a write whose condition may fail: without it, the write's `else` would be one more option of the step, never taken
 * while another can be.
 */
active [FUNCTIONS] proctype Function() {
  pid me = _pid;
  short now;
  bool settled;

end:
idle:
  atomic {
    /* In the end a client asks once per unit of time. The lowest nonce, because it makes no difference which. */
    !done && (FAULTS || (IDLE && !asked)) && BLANK(me) && (me < 1 || !BLANK(0)) && (me < 2 || !BLANK(1));
    running[me] = true;
    asked = calm
  }

claim:
  atomic {
    if
    :: FAULTS -> goto over
    :: FAULTS -> goto release                                                       /* no response */
    :: MAY_BE_LATE(me) -> lateClaim[me] = true; goto claim
    :: true -> applyClaim(me);
       if
       :: status == completed -> respond(response); goto over                       /* replay */
       :: status == inProgress && owner == me -> goto submit
#ifdef MUTANT_SHARED_NONCE
       :: status == inProgress && owner != me -> goto submit
#else
       :: status == inProgress && owner != me -> seen[me] = owner; goto reconcile
#endif
       fi
    fi
  }

reconcile:
  atomic {
    if
    :: FAULTS -> goto over
    :: true -> readClock(seen[me]);
       if
       :: now < IN_PROGRESS_EXPIRATION -> goto over                                 /* 409 */
       :: else
       fi;
#if defined(MUTANT_RUN_AGAIN)
       now = 0; goto takeOver
#elif defined(MUTANT_NO_SETTLE_TIME)
       settled = true; now = 0
#else
       settled = (now >= SETTLED); now = 0
#endif
    fi
  }

list:
  atomic {
    if
    :: FAULTS -> goto over
    :: jobs > 0 -> job[me] = jobs; goto completeFound
    :: jobs > 1 -> job[me] = 1; goto completeFound
    :: jobs > 0 && (FAULTS || jobAge < LISTED) ->                                   /* listed, but not described */
#ifdef MUTANT_UNDESCRIBED_IS_ABSENT
       if
       :: settled -> goto takeOver
       :: else -> goto over
       fi
#else
       goto over                                                                    /* 409 */
#endif
    :: jobs == 0 || jobAge < LISTED ->                                              /* not listed */
#ifndef MUTANT_CLOCK_AFTER_LIST
       if
       :: settled -> goto takeOver
       :: else -> goto over                                                         /* 409 */
       fi
#endif
    fi
  }
#ifdef MUTANT_CLOCK_AFTER_LIST
  atomic {
    readClock(seen[me]);
    if
    :: now >= SETTLED -> now = 0
    :: else -> goto over
    fi
  }
#endif

takeOver:
  atomic {
    settled = false;
    if
    :: FAULTS -> goto over
#ifdef MUTANT_NO_TAKE_OVER
    :: goto over
#else
    :: FAULTS -> goto release                                                       /* no response */
    :: MAY_BE_LATE(me) -> lateTakeOver[me] = true; goto takeOver
    :: true -> applyTakeOver(me);
       if
       :: status == inProgress && owner == me -> goto submit
       :: status == completed -> respond(response); goto over                       /* replay */
       :: else -> goto over                                                         /* 409 */
       fi
#endif
    fi
  }

/* The clock is read, and the request signed with that reading. */
submit:
  atomic {
    if
    :: !lateTakeOver[me] -> seen[me] = NOBODY
    :: else
    fi;
    if
    :: FAULTS -> goto over
    :: true -> readClock(me);
       if
       :: now <= DEADLINE -> usable[me] = now + SIGNATURE; now = 0
       :: else -> goto release
       fi
    fi
  }

/* It is sent, perhaps after a pause. */
send:
  atomic {
#ifdef MUTANT_DEADLINE_BEFORE_SIGNATURE
    readClock(me); usable[me] = now + SIGNATURE; now = 0;
#endif
    if
    :: FAULTS -> goto over
    :: FAULTS -> goto release                                                       /* refused, or nothing was sent */
    :: FAULTS -> goto submit                                                        /* throttled, or nothing was sent */
    :: FAULTS -> lateSubmit[me] = true;                                             /* outcome unknown: 504 */
#ifdef MUTANT_RELEASE_UNKNOWN
       goto release
#else
       goto over
#endif
    :: age[me] > usable[me] -> goto release                                         /* the signature has expired */
    :: age[me] <= usable[me] -> accept(); job[me] = jobs; usable[me] = 0
    fi
  }

complete:
  atomic {
    if
    :: FAULTS -> goto over
    :: FAULTS -> skip                                                               /* lost */
    :: MAY_BE_LATE(me) -> lateComplete[me] = true
    :: true -> applyComplete(me, me)
    fi;
    respond(job[me]);
    goto over
  }

/* The same for a job that reconcile has found. */
completeFound:
  atomic {
    settled = false;
    if
    :: FAULTS -> goto over
    :: FAULTS -> skip                                                               /* lost */
    :: MAY_BE_LATE(me) -> lateCompleteFound[me] = true
    :: true -> applyComplete(me, seen[me])
    fi;
    respond(job[me]);
    goto over
  }

release:
  atomic {
    if
    :: FAULTS -> goto over
    :: MAY_BE_LATE(me) -> lateRelease[me] = true
    :: true -> applyRelease(me)
    fi
  }

/* It has responded, or is dead. */
over:
  atomic {
    now = 0; settled = false; running[me] = false;
    tidy();
    goto idle
  }
}

/* ---- Requests on their way: a write of DynamoDB may come several times, a SubmitJob once ---- */

active [FUNCTIONS] proctype Network() {
  pid me = _pid - FUNCTIONS;

end:
  do
  :: atomic { FAULTS && lateClaim[me] -> applyClaim(me) }
  :: atomic { FAULTS && lateTakeOver[me] -> applyTakeOver(me) }
  :: atomic { FAULTS && lateComplete[me] -> applyComplete(me, me) }
  :: atomic { FAULTS && lateCompleteFound[me] -> applyComplete(me, seen[me]) }
  :: atomic { FAULTS && lateRelease[me] -> applyRelease(me) }
  :: atomic {
       !done && lateSubmit[me] ->
       lateSubmit[me] = false;
       if
       :: age[me] <= usable[me] -> accept()
       :: else
       fi;
       tidy()
     }
  :: atomic {
       /* Those of an invocation that is over are lost, or have come for the last time. */
       !done && !running[me] && LATE(me) ->
       forgetWrites(me); lateSubmit[me] = false;
       tidy()
     }
  od
}

/* ---- Time, and the end of all faults ---- */

inline grow(n) {
  age[n] = (!BLANK(n) && age[n] < OLDEST -> age[n] + 1 : age[n])
}

active proctype World() {
  do
  :: atomic {
       /* In the end no time passes while something can be done. */
       !done && (FAULTS || (IDLE && asked)) ->
       grow(0); grow(1);
#if FUNCTIONS > 2
       grow(2);
#endif
       if
       :: jobs > 0 && jobAge < LISTED -> jobAge++
       :: else
       fi;
       asked = false;
       if
       :: calm -> waited++; assert(waited <= OLDEST)    /* always a way to a response, and no longer than this */
       :: else
       fi
     }
#ifndef WITHOUT_END
  :: FAULTS -> calm = true
#endif
  :: timeout -> assert(done); break                     /* nothing stops halfway */
  od
}
