use std::time::Duration;

use tokio::time::timeout;

use super::*;
use crate::export::testing;

fn adds_up(counts: &Counts) -> bool {
    counts.offered == counts.filtered + counts.dropped + counts.delivered + counts.waiting + counts.abandoned
}

/// `e3`, `f1`, `lost 2+0 of 2+0`.
fn short(message: &Message) -> String {
    match message {
        Message::Event(event) => format!("e{}", event.seq),
        Message::Finding(finding) => format!("f{}", finding.seq),
        Message::Lost(lost) => {
            format!("lost {}+{} of {}+{}", lost.events, lost.findings, lost.total_events, lost.total_findings)
        }
    }
}

fn taken(subscription: &mut Subscription) -> Vec<String> {
    std::iter::from_fn(|| subscription.try_recv()).map(|message| short(&message)).collect()
}

#[test]
fn order_is_kept_and_what_is_not_wanted_is_not_queued() {
    let bus = Bus::default();
    bus.publish_event(&testing::exec(1));
    let mut all = bus.subscribe("all", Filter::default(), 8).expect("room");
    let filter = Filter { kinds: vec!["open"], ..Filter::default() };
    let mut opens = bus.subscribe("opens", filter, 8).expect("room");
    assert_eq!(all.position(), Position { event_seq: 1, finding_seq: 0 });
    bus.publish_event(&testing::exec(2));
    bus.publish_finding(&testing::finding(1));
    bus.publish_event(&testing::host_open(3, "/x"));
    assert_eq!(taken(&mut all), ["e2", "f1", "e3"]);
    assert_eq!(taken(&mut opens), ["f1", "e3"]);
    let deliveries = bus.deliveries();
    assert_eq!(deliveries.published_events, 3);
    assert_eq!(deliveries.events.offered, 4);
    assert_eq!(deliveries.events.filtered, 1);
    assert_eq!(deliveries.subscribers[1].events.delivered, 1);
    assert!(adds_up(&deliveries.events) && adds_up(&deliveries.findings));
}

#[test]
fn a_slow_subscriber_loses_events_first_and_is_told_where() {
    let bus = Bus::default();
    let mut slow = bus.subscribe("slow", Filter::default(), 2).expect("room");
    let mut quick = bus.subscribe("quick", Filter::default(), 100).expect("room");
    for seq in 1..=5 {
        bus.publish_event(&testing::exec(seq));
    }
    // Room for 2 events and 16 findings beyond.
    for seq in 1..=17 {
        bus.publish_finding(&testing::finding(seq));
    }
    let got = taken(&mut slow);
    assert_eq!(got[..4], ["e1", "e2", "lost 3+0 of 3+0", "f1"]);
    assert_eq!(got[got.len() - 2..], ["f16", "lost 0+1 of 3+1"]);
    assert_eq!(taken(&mut quick).len(), 22, "another subscriber lost nothing");

    bus.publish_event(&testing::exec(6));
    assert_eq!(taken(&mut slow), ["e6"]);
    let deliveries = bus.deliveries();
    assert_eq!(deliveries.subscribers[0].events.dropped, 3);
    assert_eq!(deliveries.subscribers[1].events.dropped, 0);
    assert!(adds_up(&deliveries.events) && adds_up(&deliveries.findings));
}

#[tokio::test]
async fn a_loss_is_told_even_when_nothing_follows() {
    let bus = Bus::default();
    let mut subscription = bus.subscribe("slow", Filter::default(), 1).expect("room");
    bus.publish_event(&testing::exec(1));
    bus.publish_event(&testing::exec(2));
    let mut got = Vec::new();
    while let Ok(Some(message)) = timeout(Duration::from_millis(200), subscription.recv()).await {
        got.push(short(&message));
    }
    assert_eq!(got, ["e1", "lost 1+0 of 1+0"]);
}

#[tokio::test]
async fn a_closed_bus_ends_each_subscription_after_what_waits() {
    let bus = Bus::default();
    let mut subscription = bus.subscribe("it", Filter::default(), 8).expect("room");
    bus.publish_event(&testing::exec(1));
    bus.close();
    bus.publish_event(&testing::exec(2));
    assert_eq!(subscription.recv().await.map(|message| short(&message)).as_deref(), Some("e1"));
    assert!(subscription.recv().await.is_none());
    let mut late = bus.subscribe("late", Filter::default(), 8).expect("room");
    assert!(late.recv().await.is_none());
}

#[test]
fn who_leaves_is_still_counted() {
    let bus = Bus::default();
    let mut subscription = bus.subscribe("it", Filter::default(), 8).expect("room");
    for seq in 1..=3 {
        bus.publish_event(&testing::exec(seq));
    }
    assert!(subscription.try_recv().is_some());
    assert_eq!(bus.deliveries().events.waiting, 2);
    drop(subscription);
    bus.publish_event(&testing::exec(4));
    let deliveries = bus.deliveries();
    assert!(deliveries.subscribers.is_empty());
    let counts = deliveries.events;
    assert_eq!((counts.offered, counts.delivered, counts.waiting, counts.abandoned), (3, 1, 0, 2));
    assert_eq!(deliveries.published_events, 4);
}

#[test]
fn subscribers_are_bounded() {
    let bus = Bus::default();
    let mut subscriptions: Vec<_> =
        (0..MAX_SUBSCRIBERS).map(|_| bus.subscribe("it", Filter::default(), 1).expect("room")).collect();
    assert_eq!(bus.subscribe("it", Filter::default(), 1).expect_err("full"), TooManySubscribers);
    subscriptions.pop();
    assert!(bus.subscribe("it", Filter::default(), 1).is_ok());
}

#[test]
fn sums_are_right_to_the_last_while_others_come_and_go() {
    let bus = Bus::default();
    let publisher = std::thread::spawn({
        let bus = bus.clone();
        move || {
            let (event, finding) = (testing::exec(1), testing::finding(1));
            for round in 0..20_000 {
                bus.publish_event(&event);
                if round % 10 == 0 {
                    bus.publish_finding(&finding);
                }
            }
        }
    });
    while !publisher.is_finished() {
        let mut subscription = bus.subscribe("it", Filter::default(), 4).expect("room");
        for _ in 0..50 {
            subscription.try_recv();
            let deliveries = bus.deliveries();
            assert!(adds_up(&deliveries.events) && adds_up(&deliveries.findings), "{deliveries:?}");
        }
    }
    publisher.join().expect("no panic");
    let deliveries = bus.deliveries();
    assert_eq!((deliveries.published_events, deliveries.published_findings), (20_000, 2_000));
    assert!(adds_up(&deliveries.events) && adds_up(&deliveries.findings));
    assert_eq!(deliveries.events.waiting, 0);
}
