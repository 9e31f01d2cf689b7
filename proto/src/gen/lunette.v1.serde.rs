impl serde::Serialize for Actor {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.credentials.is_some() {
            len += 1;
        }
        if self.tid != 0 {
            len += 1;
        }
        if !self.comm.is_empty() {
            len += 1;
        }
        if self.namespaces.is_some() {
            len += 1;
        }
        if self.subject.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Actor", len)?;
        if let Some(v) = self.process.as_ref() {
            struct_ser.serialize_field("process", v)?;
        }
        if let Some(v) = self.credentials.as_ref() {
            struct_ser.serialize_field("credentials", v)?;
        }
        if self.tid != 0 {
            struct_ser.serialize_field("tid", &self.tid)?;
        }
        if !self.comm.is_empty() {
            struct_ser.serialize_field("comm", &self.comm)?;
        }
        if let Some(v) = self.namespaces.as_ref() {
            struct_ser.serialize_field("namespaces", v)?;
        }
        if let Some(v) = self.subject.as_ref() {
            match v {
                actor::Subject::Host(v) => {
                    struct_ser.serialize_field("host", v)?;
                }
                actor::Subject::Container(v) => {
                    struct_ser.serialize_field("container", v)?;
                }
                actor::Subject::Unknown(v) => {
                    struct_ser.serialize_field("unknown", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Actor {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "credentials",
            "tid",
            "comm",
            "namespaces",
            "host",
            "container",
            "unknown",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Credentials,
            Tid,
            Comm,
            Namespaces,
            Host,
            Container,
            Unknown,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "credentials" => Ok(GeneratedField::Credentials),
                            "tid" => Ok(GeneratedField::Tid),
                            "comm" => Ok(GeneratedField::Comm),
                            "namespaces" => Ok(GeneratedField::Namespaces),
                            "host" => Ok(GeneratedField::Host),
                            "container" => Ok(GeneratedField::Container),
                            "unknown" => Ok(GeneratedField::Unknown),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Actor;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Actor")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Actor, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut credentials__ = None;
                let mut tid__ = None;
                let mut comm__ = None;
                let mut namespaces__ = None;
                let mut subject__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = map_.next_value()?;
                        }
                        GeneratedField::Credentials => {
                            if credentials__.is_some() {
                                return Err(serde::de::Error::duplicate_field("credentials"));
                            }
                            credentials__ = map_.next_value()?;
                        }
                        GeneratedField::Tid => {
                            if tid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tid"));
                            }
                            tid__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Comm => {
                            if comm__.is_some() {
                                return Err(serde::de::Error::duplicate_field("comm"));
                            }
                            comm__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Namespaces => {
                            if namespaces__.is_some() {
                                return Err(serde::de::Error::duplicate_field("namespaces"));
                            }
                            namespaces__ = map_.next_value()?;
                        }
                        GeneratedField::Host => {
                            if subject__.is_some() {
                                return Err(serde::de::Error::duplicate_field("host"));
                            }
                            subject__ = map_.next_value::<::std::option::Option<_>>()?.map(actor::Subject::Host)
;
                        }
                        GeneratedField::Container => {
                            if subject__.is_some() {
                                return Err(serde::de::Error::duplicate_field("container"));
                            }
                            subject__ = map_.next_value::<::std::option::Option<_>>()?.map(actor::Subject::Container)
;
                        }
                        GeneratedField::Unknown => {
                            if subject__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unknown"));
                            }
                            subject__ = map_.next_value::<::std::option::Option<_>>()?.map(actor::Subject::Unknown)
;
                        }
                    }
                }
                Ok(Actor {
                    process: process__,
                    credentials: credentials__,
                    tid: tid__.unwrap_or_default(),
                    comm: comm__.unwrap_or_default(),
                    namespaces: namespaces__,
                    subject: subject__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Actor", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Blind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.what.is_empty() {
            len += 1;
        }
        if !self.why.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Blind", len)?;
        if !self.what.is_empty() {
            struct_ser.serialize_field("what", &self.what)?;
        }
        if !self.why.is_empty() {
            struct_ser.serialize_field("why", &self.why)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Blind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "what",
            "why",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            What,
            Why,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "what" => Ok(GeneratedField::What),
                            "why" => Ok(GeneratedField::Why),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Blind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Blind")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Blind, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut what__ = None;
                let mut why__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::What => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("what"));
                            }
                            what__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Why => {
                            if why__.is_some() {
                                return Err(serde::de::Error::duplicate_field("why"));
                            }
                            why__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Blind {
                    what: what__.unwrap_or_default(),
                    why: why__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Blind", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Check {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.state != 0 {
            len += 1;
        }
        if self.took_ns != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Check", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.state != 0 {
            let v = check::State::try_from(self.state)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.state)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if self.took_ns != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("took_ns", ToString::to_string(&self.took_ns).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Check {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "state",
            "took_ns",
            "tookNs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            State,
            TookNs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "state" => Ok(GeneratedField::State),
                            "tookNs" | "took_ns" => Ok(GeneratedField::TookNs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Check;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Check")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Check, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut state__ = None;
                let mut took_ns__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value::<check::State>()? as i32);
                        }
                        GeneratedField::TookNs => {
                            if took_ns__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tookNs"));
                            }
                            took_ns__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Check {
                    name: name__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    took_ns: took_ns__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Check", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for check::State {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "STATE_UNSPECIFIED",
            Self::Waiting => "STATE_WAITING",
            Self::Seen => "STATE_SEEN",
            Self::Missing => "STATE_MISSING",
            Self::Unattached => "STATE_UNATTACHED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for check::State {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "STATE_UNSPECIFIED",
            "STATE_WAITING",
            "STATE_SEEN",
            "STATE_MISSING",
            "STATE_UNATTACHED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = check::State;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "STATE_UNSPECIFIED" => Ok(check::State::Unspecified),
                    "STATE_WAITING" => Ok(check::State::Waiting),
                    "STATE_SEEN" => Ok(check::State::Seen),
                    "STATE_MISSING" => Ok(check::State::Missing),
                    "STATE_UNATTACHED" => Ok(check::State::Unattached),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Connect {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.conn != 0 {
            len += 1;
        }
        if self.flow.is_some() {
            len += 1;
        }
        if self.error.is_some() {
            len += 1;
        }
        if self.callers_word {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Connect", len)?;
        if self.conn != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("conn", ToString::to_string(&self.conn).as_str())?;
        }
        if let Some(v) = self.flow.as_ref() {
            struct_ser.serialize_field("flow", v)?;
        }
        if let Some(v) = self.error.as_ref() {
            struct_ser.serialize_field("error", v)?;
        }
        if self.callers_word {
            struct_ser.serialize_field("callers_word", &self.callers_word)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Connect {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "conn",
            "flow",
            "error",
            "callers_word",
            "callersWord",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Conn,
            Flow,
            Error,
            CallersWord,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "conn" => Ok(GeneratedField::Conn),
                            "flow" => Ok(GeneratedField::Flow),
                            "error" => Ok(GeneratedField::Error),
                            "callersWord" | "callers_word" => Ok(GeneratedField::CallersWord),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Connect;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Connect")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Connect, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut conn__ = None;
                let mut flow__ = None;
                let mut error__ = None;
                let mut callers_word__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Conn => {
                            if conn__.is_some() {
                                return Err(serde::de::Error::duplicate_field("conn"));
                            }
                            conn__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Flow => {
                            if flow__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flow"));
                            }
                            flow__ = map_.next_value()?;
                        }
                        GeneratedField::Error => {
                            if error__.is_some() {
                                return Err(serde::de::Error::duplicate_field("error"));
                            }
                            error__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::CallersWord => {
                            if callers_word__.is_some() {
                                return Err(serde::de::Error::duplicate_field("callersWord"));
                            }
                            callers_word__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Connect {
                    conn: conn__.unwrap_or_default(),
                    flow: flow__,
                    error: error__,
                    callers_word: callers_word__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Connect", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ConnectResult {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "CONNECT_RESULT_UNSPECIFIED",
            Self::Established => "CONNECT_RESULT_ESTABLISHED",
            Self::Refused => "CONNECT_RESULT_REFUSED",
            Self::TimedOut => "CONNECT_RESULT_TIMED_OUT",
            Self::Unreachable => "CONNECT_RESULT_UNREACHABLE",
            Self::Abandoned => "CONNECT_RESULT_ABANDONED",
            Self::Failed => "CONNECT_RESULT_FAILED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for ConnectResult {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "CONNECT_RESULT_UNSPECIFIED",
            "CONNECT_RESULT_ESTABLISHED",
            "CONNECT_RESULT_REFUSED",
            "CONNECT_RESULT_TIMED_OUT",
            "CONNECT_RESULT_UNREACHABLE",
            "CONNECT_RESULT_ABANDONED",
            "CONNECT_RESULT_FAILED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = ConnectResult;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "CONNECT_RESULT_UNSPECIFIED" => Ok(ConnectResult::Unspecified),
                    "CONNECT_RESULT_ESTABLISHED" => Ok(ConnectResult::Established),
                    "CONNECT_RESULT_REFUSED" => Ok(ConnectResult::Refused),
                    "CONNECT_RESULT_TIMED_OUT" => Ok(ConnectResult::TimedOut),
                    "CONNECT_RESULT_UNREACHABLE" => Ok(ConnectResult::Unreachable),
                    "CONNECT_RESULT_ABANDONED" => Ok(ConnectResult::Abandoned),
                    "CONNECT_RESULT_FAILED" => Ok(ConnectResult::Failed),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Container {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.id.is_empty() {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.runtime.is_empty() {
            len += 1;
        }
        if !self.image.is_empty() {
            len += 1;
        }
        if !self.image_digest.is_empty() {
            len += 1;
        }
        if !self.labels.is_empty() {
            len += 1;
        }
        if self.pod.is_some() {
            len += 1;
        }
        if self.init_pid != 0 {
            len += 1;
        }
        if !self.rootfs.is_empty() {
            len += 1;
        }
        if !self.mounts.is_empty() {
            len += 1;
        }
        if !self.sources.is_empty() {
            len += 1;
        }
        if !self.missing.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Container", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.runtime.is_empty() {
            struct_ser.serialize_field("runtime", &self.runtime)?;
        }
        if !self.image.is_empty() {
            struct_ser.serialize_field("image", &self.image)?;
        }
        if !self.image_digest.is_empty() {
            struct_ser.serialize_field("image_digest", &self.image_digest)?;
        }
        if !self.labels.is_empty() {
            struct_ser.serialize_field("labels", &self.labels)?;
        }
        if let Some(v) = self.pod.as_ref() {
            struct_ser.serialize_field("pod", v)?;
        }
        if self.init_pid != 0 {
            struct_ser.serialize_field("init_pid", &self.init_pid)?;
        }
        if !self.rootfs.is_empty() {
            struct_ser.serialize_field("rootfs", &self.rootfs)?;
        }
        if !self.mounts.is_empty() {
            struct_ser.serialize_field("mounts", &self.mounts)?;
        }
        if !self.sources.is_empty() {
            struct_ser.serialize_field("sources", &self.sources)?;
        }
        if !self.missing.is_empty() {
            struct_ser.serialize_field("missing", &self.missing)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Container {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "name",
            "runtime",
            "image",
            "image_digest",
            "imageDigest",
            "labels",
            "pod",
            "init_pid",
            "initPid",
            "rootfs",
            "mounts",
            "sources",
            "missing",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Name,
            Runtime,
            Image,
            ImageDigest,
            Labels,
            Pod,
            InitPid,
            Rootfs,
            Mounts,
            Sources,
            Missing,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "name" => Ok(GeneratedField::Name),
                            "runtime" => Ok(GeneratedField::Runtime),
                            "image" => Ok(GeneratedField::Image),
                            "imageDigest" | "image_digest" => Ok(GeneratedField::ImageDigest),
                            "labels" => Ok(GeneratedField::Labels),
                            "pod" => Ok(GeneratedField::Pod),
                            "initPid" | "init_pid" => Ok(GeneratedField::InitPid),
                            "rootfs" => Ok(GeneratedField::Rootfs),
                            "mounts" => Ok(GeneratedField::Mounts),
                            "sources" => Ok(GeneratedField::Sources),
                            "missing" => Ok(GeneratedField::Missing),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Container;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Container")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Container, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut name__ = None;
                let mut runtime__ = None;
                let mut image__ = None;
                let mut image_digest__ = None;
                let mut labels__ = None;
                let mut pod__ = None;
                let mut init_pid__ = None;
                let mut rootfs__ = None;
                let mut mounts__ = None;
                let mut sources__ = None;
                let mut missing__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Runtime => {
                            if runtime__.is_some() {
                                return Err(serde::de::Error::duplicate_field("runtime"));
                            }
                            runtime__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Image => {
                            if image__.is_some() {
                                return Err(serde::de::Error::duplicate_field("image"));
                            }
                            image__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ImageDigest => {
                            if image_digest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("imageDigest"));
                            }
                            image_digest__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Labels => {
                            if labels__.is_some() {
                                return Err(serde::de::Error::duplicate_field("labels"));
                            }
                            labels__ = Some(
                                map_.next_value::<std::collections::BTreeMap<_, _>>()?
                            );
                        }
                        GeneratedField::Pod => {
                            if pod__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pod"));
                            }
                            pod__ = map_.next_value()?;
                        }
                        GeneratedField::InitPid => {
                            if init_pid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("initPid"));
                            }
                            init_pid__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Rootfs => {
                            if rootfs__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rootfs"));
                            }
                            rootfs__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Mounts => {
                            if mounts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mounts"));
                            }
                            mounts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sources => {
                            if sources__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sources"));
                            }
                            sources__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Missing => {
                            if missing__.is_some() {
                                return Err(serde::de::Error::duplicate_field("missing"));
                            }
                            missing__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Container {
                    id: id__.unwrap_or_default(),
                    name: name__.unwrap_or_default(),
                    runtime: runtime__.unwrap_or_default(),
                    image: image__.unwrap_or_default(),
                    image_digest: image_digest__.unwrap_or_default(),
                    labels: labels__.unwrap_or_default(),
                    pod: pod__,
                    init_pid: init_pid__.unwrap_or_default(),
                    rootfs: rootfs__.unwrap_or_default(),
                    mounts: mounts__.unwrap_or_default(),
                    sources: sources__.unwrap_or_default(),
                    missing: missing__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Container", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Counts {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.offered != 0 {
            len += 1;
        }
        if self.filtered != 0 {
            len += 1;
        }
        if self.dropped != 0 {
            len += 1;
        }
        if self.delivered != 0 {
            len += 1;
        }
        if self.waiting != 0 {
            len += 1;
        }
        if self.abandoned != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Counts", len)?;
        if self.offered != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("offered", ToString::to_string(&self.offered).as_str())?;
        }
        if self.filtered != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("filtered", ToString::to_string(&self.filtered).as_str())?;
        }
        if self.dropped != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("dropped", ToString::to_string(&self.dropped).as_str())?;
        }
        if self.delivered != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("delivered", ToString::to_string(&self.delivered).as_str())?;
        }
        if self.waiting != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("waiting", ToString::to_string(&self.waiting).as_str())?;
        }
        if self.abandoned != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("abandoned", ToString::to_string(&self.abandoned).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Counts {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "offered",
            "filtered",
            "dropped",
            "delivered",
            "waiting",
            "abandoned",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Offered,
            Filtered,
            Dropped,
            Delivered,
            Waiting,
            Abandoned,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "offered" => Ok(GeneratedField::Offered),
                            "filtered" => Ok(GeneratedField::Filtered),
                            "dropped" => Ok(GeneratedField::Dropped),
                            "delivered" => Ok(GeneratedField::Delivered),
                            "waiting" => Ok(GeneratedField::Waiting),
                            "abandoned" => Ok(GeneratedField::Abandoned),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Counts;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Counts")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Counts, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut offered__ = None;
                let mut filtered__ = None;
                let mut dropped__ = None;
                let mut delivered__ = None;
                let mut waiting__ = None;
                let mut abandoned__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Offered => {
                            if offered__.is_some() {
                                return Err(serde::de::Error::duplicate_field("offered"));
                            }
                            offered__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Filtered => {
                            if filtered__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filtered"));
                            }
                            filtered__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Dropped => {
                            if dropped__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dropped"));
                            }
                            dropped__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Delivered => {
                            if delivered__.is_some() {
                                return Err(serde::de::Error::duplicate_field("delivered"));
                            }
                            delivered__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Waiting => {
                            if waiting__.is_some() {
                                return Err(serde::de::Error::duplicate_field("waiting"));
                            }
                            waiting__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Abandoned => {
                            if abandoned__.is_some() {
                                return Err(serde::de::Error::duplicate_field("abandoned"));
                            }
                            abandoned__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Counts {
                    offered: offered__.unwrap_or_default(),
                    filtered: filtered__.unwrap_or_default(),
                    dropped: dropped__.unwrap_or_default(),
                    delivered: delivered__.unwrap_or_default(),
                    waiting: waiting__.unwrap_or_default(),
                    abandoned: abandoned__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Counts", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Credentials {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.uid.is_some() {
            len += 1;
        }
        if self.gid.is_some() {
            len += 1;
        }
        if self.euid.is_some() {
            len += 1;
        }
        if self.egid.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Credentials", len)?;
        if let Some(v) = self.uid.as_ref() {
            struct_ser.serialize_field("uid", v)?;
        }
        if let Some(v) = self.gid.as_ref() {
            struct_ser.serialize_field("gid", v)?;
        }
        if let Some(v) = self.euid.as_ref() {
            struct_ser.serialize_field("euid", v)?;
        }
        if let Some(v) = self.egid.as_ref() {
            struct_ser.serialize_field("egid", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Credentials {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "uid",
            "gid",
            "euid",
            "egid",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Uid,
            Gid,
            Euid,
            Egid,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "uid" => Ok(GeneratedField::Uid),
                            "gid" => Ok(GeneratedField::Gid),
                            "euid" => Ok(GeneratedField::Euid),
                            "egid" => Ok(GeneratedField::Egid),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Credentials;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Credentials")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Credentials, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut uid__ = None;
                let mut gid__ = None;
                let mut euid__ = None;
                let mut egid__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Uid => {
                            if uid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("uid"));
                            }
                            uid__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Gid => {
                            if gid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("gid"));
                            }
                            gid__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Euid => {
                            if euid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("euid"));
                            }
                            euid__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Egid => {
                            if egid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("egid"));
                            }
                            egid__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Credentials {
                    uid: uid__,
                    gid: gid__,
                    euid: euid__,
                    egid: egid__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Credentials", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Delivery {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.published_events != 0 {
            len += 1;
        }
        if self.published_findings != 0 {
            len += 1;
        }
        if self.events.is_some() {
            len += 1;
        }
        if self.findings.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Delivery", len)?;
        if self.published_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("published_events", ToString::to_string(&self.published_events).as_str())?;
        }
        if self.published_findings != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("published_findings", ToString::to_string(&self.published_findings).as_str())?;
        }
        if let Some(v) = self.events.as_ref() {
            struct_ser.serialize_field("events", v)?;
        }
        if let Some(v) = self.findings.as_ref() {
            struct_ser.serialize_field("findings", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Delivery {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "published_events",
            "publishedEvents",
            "published_findings",
            "publishedFindings",
            "events",
            "findings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            PublishedEvents,
            PublishedFindings,
            Events,
            Findings,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "publishedEvents" | "published_events" => Ok(GeneratedField::PublishedEvents),
                            "publishedFindings" | "published_findings" => Ok(GeneratedField::PublishedFindings),
                            "events" => Ok(GeneratedField::Events),
                            "findings" => Ok(GeneratedField::Findings),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Delivery;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Delivery")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Delivery, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut published_events__ = None;
                let mut published_findings__ = None;
                let mut events__ = None;
                let mut findings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::PublishedEvents => {
                            if published_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("publishedEvents"));
                            }
                            published_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PublishedFindings => {
                            if published_findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("publishedFindings"));
                            }
                            published_findings__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = map_.next_value()?;
                        }
                        GeneratedField::Findings => {
                            if findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findings"));
                            }
                            findings__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Delivery {
                    published_events: published_events__.unwrap_or_default(),
                    published_findings: published_findings__.unwrap_or_default(),
                    events: events__,
                    findings: findings__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Delivery", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Event {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.seq != 0 {
            len += 1;
        }
        if self.time.is_some() {
            len += 1;
        }
        if self.boot_ns != 0 {
            len += 1;
        }
        if self.actor.is_some() {
            len += 1;
        }
        if self.deed.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Event", len)?;
        if self.seq != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("seq", ToString::to_string(&self.seq).as_str())?;
        }
        if let Some(v) = self.time.as_ref() {
            struct_ser.serialize_field("time", v)?;
        }
        if self.boot_ns != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("boot_ns", ToString::to_string(&self.boot_ns).as_str())?;
        }
        if let Some(v) = self.actor.as_ref() {
            struct_ser.serialize_field("actor", v)?;
        }
        if let Some(v) = self.deed.as_ref() {
            match v {
                event::Deed::Exec(v) => {
                    struct_ser.serialize_field("exec", v)?;
                }
                event::Deed::Fork(v) => {
                    struct_ser.serialize_field("fork", v)?;
                }
                event::Deed::Exit(v) => {
                    struct_ser.serialize_field("exit", v)?;
                }
                event::Deed::Open(v) => {
                    struct_ser.serialize_field("open", v)?;
                }
                event::Deed::Connect(v) => {
                    struct_ser.serialize_field("connect", v)?;
                }
                event::Deed::Outcome(v) => {
                    struct_ser.serialize_field("outcome", v)?;
                }
                event::Deed::Send(v) => {
                    struct_ser.serialize_field("send", v)?;
                }
                event::Deed::Loss(v) => {
                    struct_ser.serialize_field("loss", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Event {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "seq",
            "time",
            "boot_ns",
            "bootNs",
            "actor",
            "exec",
            "fork",
            "exit",
            "open",
            "connect",
            "outcome",
            "send",
            "loss",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Seq,
            Time,
            BootNs,
            Actor,
            Exec,
            Fork,
            Exit,
            Open,
            Connect,
            Outcome,
            Send,
            Loss,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "seq" => Ok(GeneratedField::Seq),
                            "time" => Ok(GeneratedField::Time),
                            "bootNs" | "boot_ns" => Ok(GeneratedField::BootNs),
                            "actor" => Ok(GeneratedField::Actor),
                            "exec" => Ok(GeneratedField::Exec),
                            "fork" => Ok(GeneratedField::Fork),
                            "exit" => Ok(GeneratedField::Exit),
                            "open" => Ok(GeneratedField::Open),
                            "connect" => Ok(GeneratedField::Connect),
                            "outcome" => Ok(GeneratedField::Outcome),
                            "send" => Ok(GeneratedField::Send),
                            "loss" => Ok(GeneratedField::Loss),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Event;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Event")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Event, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut seq__ = None;
                let mut time__ = None;
                let mut boot_ns__ = None;
                let mut actor__ = None;
                let mut deed__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Seq => {
                            if seq__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seq"));
                            }
                            seq__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Time => {
                            if time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("time"));
                            }
                            time__ = map_.next_value()?;
                        }
                        GeneratedField::BootNs => {
                            if boot_ns__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bootNs"));
                            }
                            boot_ns__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Actor => {
                            if actor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("actor"));
                            }
                            actor__ = map_.next_value()?;
                        }
                        GeneratedField::Exec => {
                            if deed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("exec"));
                            }
                            deed__ = map_.next_value::<::std::option::Option<_>>()?.map(event::Deed::Exec)
;
                        }
                        GeneratedField::Fork => {
                            if deed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fork"));
                            }
                            deed__ = map_.next_value::<::std::option::Option<_>>()?.map(event::Deed::Fork)
;
                        }
                        GeneratedField::Exit => {
                            if deed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("exit"));
                            }
                            deed__ = map_.next_value::<::std::option::Option<_>>()?.map(event::Deed::Exit)
;
                        }
                        GeneratedField::Open => {
                            if deed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("open"));
                            }
                            deed__ = map_.next_value::<::std::option::Option<_>>()?.map(event::Deed::Open)
;
                        }
                        GeneratedField::Connect => {
                            if deed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("connect"));
                            }
                            deed__ = map_.next_value::<::std::option::Option<_>>()?.map(event::Deed::Connect)
;
                        }
                        GeneratedField::Outcome => {
                            if deed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcome"));
                            }
                            deed__ = map_.next_value::<::std::option::Option<_>>()?.map(event::Deed::Outcome)
;
                        }
                        GeneratedField::Send => {
                            if deed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("send"));
                            }
                            deed__ = map_.next_value::<::std::option::Option<_>>()?.map(event::Deed::Send)
;
                        }
                        GeneratedField::Loss => {
                            if deed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("loss"));
                            }
                            deed__ = map_.next_value::<::std::option::Option<_>>()?.map(event::Deed::Loss)
;
                        }
                    }
                }
                Ok(Event {
                    seq: seq__.unwrap_or_default(),
                    time: time__,
                    boot_ns: boot_ns__.unwrap_or_default(),
                    actor: actor__,
                    deed: deed__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Event", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EventKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "EVENT_KIND_UNSPECIFIED",
            Self::Exec => "EVENT_KIND_EXEC",
            Self::Fork => "EVENT_KIND_FORK",
            Self::Exit => "EVENT_KIND_EXIT",
            Self::Open => "EVENT_KIND_OPEN",
            Self::Connect => "EVENT_KIND_CONNECT",
            Self::Outcome => "EVENT_KIND_OUTCOME",
            Self::Send => "EVENT_KIND_SEND",
            Self::Loss => "EVENT_KIND_LOSS",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for EventKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "EVENT_KIND_UNSPECIFIED",
            "EVENT_KIND_EXEC",
            "EVENT_KIND_FORK",
            "EVENT_KIND_EXIT",
            "EVENT_KIND_OPEN",
            "EVENT_KIND_CONNECT",
            "EVENT_KIND_OUTCOME",
            "EVENT_KIND_SEND",
            "EVENT_KIND_LOSS",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = EventKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "EVENT_KIND_UNSPECIFIED" => Ok(EventKind::Unspecified),
                    "EVENT_KIND_EXEC" => Ok(EventKind::Exec),
                    "EVENT_KIND_FORK" => Ok(EventKind::Fork),
                    "EVENT_KIND_EXIT" => Ok(EventKind::Exit),
                    "EVENT_KIND_OPEN" => Ok(EventKind::Open),
                    "EVENT_KIND_CONNECT" => Ok(EventKind::Connect),
                    "EVENT_KIND_OUTCOME" => Ok(EventKind::Outcome),
                    "EVENT_KIND_SEND" => Ok(EventKind::Send),
                    "EVENT_KIND_LOSS" => Ok(EventKind::Loss),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Exec {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("lunette.v1.Exec", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Exec {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Exec;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Exec")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Exec, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(Exec {
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Exec", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Exit {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.status.is_some() {
            len += 1;
        }
        if self.signal.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Exit", len)?;
        if let Some(v) = self.status.as_ref() {
            struct_ser.serialize_field("status", v)?;
        }
        if let Some(v) = self.signal.as_ref() {
            struct_ser.serialize_field("signal", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Exit {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "status",
            "signal",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Status,
            Signal,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "status" => Ok(GeneratedField::Status),
                            "signal" => Ok(GeneratedField::Signal),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Exit;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Exit")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Exit, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut status__ = None;
                let mut signal__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Status => {
                            if status__.is_some() {
                                return Err(serde::de::Error::duplicate_field("status"));
                            }
                            status__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Signal => {
                            if signal__.is_some() {
                                return Err(serde::de::Error::duplicate_field("signal"));
                            }
                            signal__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Exit {
                    status: status__,
                    signal: signal__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Exit", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FileId {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.dev != 0 {
            len += 1;
        }
        if self.ino != 0 {
            len += 1;
        }
        if self.size != 0 {
            len += 1;
        }
        if self.mode != 0 {
            len += 1;
        }
        if self.nlink != 0 {
            len += 1;
        }
        if self.fs_magic != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.FileId", len)?;
        if self.dev != 0 {
            struct_ser.serialize_field("dev", &self.dev)?;
        }
        if self.ino != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("ino", ToString::to_string(&self.ino).as_str())?;
        }
        if self.size != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("size", ToString::to_string(&self.size).as_str())?;
        }
        if self.mode != 0 {
            struct_ser.serialize_field("mode", &self.mode)?;
        }
        if self.nlink != 0 {
            struct_ser.serialize_field("nlink", &self.nlink)?;
        }
        if self.fs_magic != 0 {
            struct_ser.serialize_field("fs_magic", &self.fs_magic)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FileId {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "dev",
            "ino",
            "size",
            "mode",
            "nlink",
            "fs_magic",
            "fsMagic",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Dev,
            Ino,
            Size,
            Mode,
            Nlink,
            FsMagic,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "dev" => Ok(GeneratedField::Dev),
                            "ino" => Ok(GeneratedField::Ino),
                            "size" => Ok(GeneratedField::Size),
                            "mode" => Ok(GeneratedField::Mode),
                            "nlink" => Ok(GeneratedField::Nlink),
                            "fsMagic" | "fs_magic" => Ok(GeneratedField::FsMagic),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FileId;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.FileId")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FileId, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut dev__ = None;
                let mut ino__ = None;
                let mut size__ = None;
                let mut mode__ = None;
                let mut nlink__ = None;
                let mut fs_magic__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Dev => {
                            if dev__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dev"));
                            }
                            dev__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Ino => {
                            if ino__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ino"));
                            }
                            ino__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Size => {
                            if size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("size"));
                            }
                            size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Mode => {
                            if mode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mode"));
                            }
                            mode__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Nlink => {
                            if nlink__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nlink"));
                            }
                            nlink__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::FsMagic => {
                            if fs_magic__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fsMagic"));
                            }
                            fs_magic__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(FileId {
                    dev: dev__.unwrap_or_default(),
                    ino: ino__.unwrap_or_default(),
                    size: size__.unwrap_or_default(),
                    mode: mode__.unwrap_or_default(),
                    nlink: nlink__.unwrap_or_default(),
                    fs_magic: fs_magic__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.FileId", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Filter {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.what != 0 {
            len += 1;
        }
        if !self.kinds.is_empty() {
            len += 1;
        }
        if !self.rules.is_empty() {
            len += 1;
        }
        if !self.namespaces.is_empty() {
            len += 1;
        }
        if !self.pods.is_empty() {
            len += 1;
        }
        if !self.containers.is_empty() {
            len += 1;
        }
        if self.min_severity != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Filter", len)?;
        if self.what != 0 {
            let v = filter::What::try_from(self.what)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.what)))?;
            struct_ser.serialize_field("what", &v)?;
        }
        if !self.kinds.is_empty() {
            let v = self.kinds.iter().cloned().map(|v| {
                EventKind::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("kinds", &v)?;
        }
        if !self.rules.is_empty() {
            struct_ser.serialize_field("rules", &self.rules)?;
        }
        if !self.namespaces.is_empty() {
            struct_ser.serialize_field("namespaces", &self.namespaces)?;
        }
        if !self.pods.is_empty() {
            struct_ser.serialize_field("pods", &self.pods)?;
        }
        if !self.containers.is_empty() {
            struct_ser.serialize_field("containers", &self.containers)?;
        }
        if self.min_severity != 0 {
            let v = Severity::try_from(self.min_severity)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.min_severity)))?;
            struct_ser.serialize_field("min_severity", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Filter {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "what",
            "kinds",
            "rules",
            "namespaces",
            "pods",
            "containers",
            "min_severity",
            "minSeverity",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            What,
            Kinds,
            Rules,
            Namespaces,
            Pods,
            Containers,
            MinSeverity,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "what" => Ok(GeneratedField::What),
                            "kinds" => Ok(GeneratedField::Kinds),
                            "rules" => Ok(GeneratedField::Rules),
                            "namespaces" => Ok(GeneratedField::Namespaces),
                            "pods" => Ok(GeneratedField::Pods),
                            "containers" => Ok(GeneratedField::Containers),
                            "minSeverity" | "min_severity" => Ok(GeneratedField::MinSeverity),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Filter;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Filter")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Filter, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut what__ = None;
                let mut kinds__ = None;
                let mut rules__ = None;
                let mut namespaces__ = None;
                let mut pods__ = None;
                let mut containers__ = None;
                let mut min_severity__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::What => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("what"));
                            }
                            what__ = Some(map_.next_value::<filter::What>()? as i32);
                        }
                        GeneratedField::Kinds => {
                            if kinds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kinds"));
                            }
                            kinds__ = Some(map_.next_value::<Vec<EventKind>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::Rules => {
                            if rules__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rules"));
                            }
                            rules__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Namespaces => {
                            if namespaces__.is_some() {
                                return Err(serde::de::Error::duplicate_field("namespaces"));
                            }
                            namespaces__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Pods => {
                            if pods__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pods"));
                            }
                            pods__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Containers => {
                            if containers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("containers"));
                            }
                            containers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::MinSeverity => {
                            if min_severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("minSeverity"));
                            }
                            min_severity__ = Some(map_.next_value::<Severity>()? as i32);
                        }
                    }
                }
                Ok(Filter {
                    what: what__.unwrap_or_default(),
                    kinds: kinds__.unwrap_or_default(),
                    rules: rules__.unwrap_or_default(),
                    namespaces: namespaces__.unwrap_or_default(),
                    pods: pods__.unwrap_or_default(),
                    containers: containers__.unwrap_or_default(),
                    min_severity: min_severity__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Filter", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for filter::What {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "WHAT_UNSPECIFIED",
            Self::Events => "WHAT_EVENTS",
            Self::Findings => "WHAT_FINDINGS",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for filter::What {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "WHAT_UNSPECIFIED",
            "WHAT_EVENTS",
            "WHAT_FINDINGS",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = filter::What;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "WHAT_UNSPECIFIED" => Ok(filter::What::Unspecified),
                    "WHAT_EVENTS" => Ok(filter::What::Events),
                    "WHAT_FINDINGS" => Ok(filter::What::Findings),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Finding {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.seq != 0 {
            len += 1;
        }
        if !self.id.is_empty() {
            len += 1;
        }
        if !self.rule.is_empty() {
            len += 1;
        }
        if !self.title.is_empty() {
            len += 1;
        }
        if self.severity != 0 {
            len += 1;
        }
        if !self.why.is_empty() {
            len += 1;
        }
        if self.count != 0 {
            len += 1;
        }
        if self.first_time.is_some() {
            len += 1;
        }
        if self.last_time.is_some() {
            len += 1;
        }
        if self.tags.is_some() {
            len += 1;
        }
        if self.event.is_some() {
            len += 1;
        }
        if !self.ancestors.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Finding", len)?;
        if self.seq != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("seq", ToString::to_string(&self.seq).as_str())?;
        }
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if !self.rule.is_empty() {
            struct_ser.serialize_field("rule", &self.rule)?;
        }
        if !self.title.is_empty() {
            struct_ser.serialize_field("title", &self.title)?;
        }
        if self.severity != 0 {
            let v = Severity::try_from(self.severity)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.severity)))?;
            struct_ser.serialize_field("severity", &v)?;
        }
        if !self.why.is_empty() {
            struct_ser.serialize_field("why", &self.why)?;
        }
        if self.count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("count", ToString::to_string(&self.count).as_str())?;
        }
        if let Some(v) = self.first_time.as_ref() {
            struct_ser.serialize_field("first_time", v)?;
        }
        if let Some(v) = self.last_time.as_ref() {
            struct_ser.serialize_field("last_time", v)?;
        }
        if let Some(v) = self.tags.as_ref() {
            struct_ser.serialize_field("tags", v)?;
        }
        if let Some(v) = self.event.as_ref() {
            struct_ser.serialize_field("event", v)?;
        }
        if !self.ancestors.is_empty() {
            struct_ser.serialize_field("ancestors", &self.ancestors)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Finding {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "seq",
            "id",
            "rule",
            "title",
            "severity",
            "why",
            "count",
            "first_time",
            "firstTime",
            "last_time",
            "lastTime",
            "tags",
            "event",
            "ancestors",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Seq,
            Id,
            Rule,
            Title,
            Severity,
            Why,
            Count,
            FirstTime,
            LastTime,
            Tags,
            Event,
            Ancestors,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "seq" => Ok(GeneratedField::Seq),
                            "id" => Ok(GeneratedField::Id),
                            "rule" => Ok(GeneratedField::Rule),
                            "title" => Ok(GeneratedField::Title),
                            "severity" => Ok(GeneratedField::Severity),
                            "why" => Ok(GeneratedField::Why),
                            "count" => Ok(GeneratedField::Count),
                            "firstTime" | "first_time" => Ok(GeneratedField::FirstTime),
                            "lastTime" | "last_time" => Ok(GeneratedField::LastTime),
                            "tags" => Ok(GeneratedField::Tags),
                            "event" => Ok(GeneratedField::Event),
                            "ancestors" => Ok(GeneratedField::Ancestors),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Finding;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Finding")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Finding, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut seq__ = None;
                let mut id__ = None;
                let mut rule__ = None;
                let mut title__ = None;
                let mut severity__ = None;
                let mut why__ = None;
                let mut count__ = None;
                let mut first_time__ = None;
                let mut last_time__ = None;
                let mut tags__ = None;
                let mut event__ = None;
                let mut ancestors__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Seq => {
                            if seq__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seq"));
                            }
                            seq__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Rule => {
                            if rule__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rule"));
                            }
                            rule__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Severity => {
                            if severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("severity"));
                            }
                            severity__ = Some(map_.next_value::<Severity>()? as i32);
                        }
                        GeneratedField::Why => {
                            if why__.is_some() {
                                return Err(serde::de::Error::duplicate_field("why"));
                            }
                            why__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Count => {
                            if count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("count"));
                            }
                            count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::FirstTime => {
                            if first_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("firstTime"));
                            }
                            first_time__ = map_.next_value()?;
                        }
                        GeneratedField::LastTime => {
                            if last_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastTime"));
                            }
                            last_time__ = map_.next_value()?;
                        }
                        GeneratedField::Tags => {
                            if tags__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tags"));
                            }
                            tags__ = map_.next_value()?;
                        }
                        GeneratedField::Event => {
                            if event__.is_some() {
                                return Err(serde::de::Error::duplicate_field("event"));
                            }
                            event__ = map_.next_value()?;
                        }
                        GeneratedField::Ancestors => {
                            if ancestors__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ancestors"));
                            }
                            ancestors__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Finding {
                    seq: seq__.unwrap_or_default(),
                    id: id__.unwrap_or_default(),
                    rule: rule__.unwrap_or_default(),
                    title: title__.unwrap_or_default(),
                    severity: severity__.unwrap_or_default(),
                    why: why__.unwrap_or_default(),
                    count: count__.unwrap_or_default(),
                    first_time: first_time__,
                    last_time: last_time__,
                    tags: tags__,
                    event: event__,
                    ancestors: ancestors__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Finding", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FindingsFile {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.path.is_empty() {
            len += 1;
        }
        if self.written != 0 {
            len += 1;
        }
        if self.lost != 0 {
            len += 1;
        }
        if self.errors != 0 {
            len += 1;
        }
        if self.rotations != 0 {
            len += 1;
        }
        if self.bytes != 0 {
            len += 1;
        }
        if !self.error.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.FindingsFile", len)?;
        if !self.path.is_empty() {
            struct_ser.serialize_field("path", &self.path)?;
        }
        if self.written != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("written", ToString::to_string(&self.written).as_str())?;
        }
        if self.lost != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lost", ToString::to_string(&self.lost).as_str())?;
        }
        if self.errors != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("errors", ToString::to_string(&self.errors).as_str())?;
        }
        if self.rotations != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("rotations", ToString::to_string(&self.rotations).as_str())?;
        }
        if self.bytes != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("bytes", ToString::to_string(&self.bytes).as_str())?;
        }
        if !self.error.is_empty() {
            struct_ser.serialize_field("error", &self.error)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FindingsFile {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "path",
            "written",
            "lost",
            "errors",
            "rotations",
            "bytes",
            "error",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Path,
            Written,
            Lost,
            Errors,
            Rotations,
            Bytes,
            Error,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "path" => Ok(GeneratedField::Path),
                            "written" => Ok(GeneratedField::Written),
                            "lost" => Ok(GeneratedField::Lost),
                            "errors" => Ok(GeneratedField::Errors),
                            "rotations" => Ok(GeneratedField::Rotations),
                            "bytes" => Ok(GeneratedField::Bytes),
                            "error" => Ok(GeneratedField::Error),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FindingsFile;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.FindingsFile")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FindingsFile, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut path__ = None;
                let mut written__ = None;
                let mut lost__ = None;
                let mut errors__ = None;
                let mut rotations__ = None;
                let mut bytes__ = None;
                let mut error__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Path => {
                            if path__.is_some() {
                                return Err(serde::de::Error::duplicate_field("path"));
                            }
                            path__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Written => {
                            if written__.is_some() {
                                return Err(serde::de::Error::duplicate_field("written"));
                            }
                            written__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Lost => {
                            if lost__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lost"));
                            }
                            lost__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Errors => {
                            if errors__.is_some() {
                                return Err(serde::de::Error::duplicate_field("errors"));
                            }
                            errors__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Rotations => {
                            if rotations__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rotations"));
                            }
                            rotations__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Bytes => {
                            if bytes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bytes"));
                            }
                            bytes__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Error => {
                            if error__.is_some() {
                                return Err(serde::de::Error::duplicate_field("error"));
                            }
                            error__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(FindingsFile {
                    path: path__.unwrap_or_default(),
                    written: written__.unwrap_or_default(),
                    lost: lost__.unwrap_or_default(),
                    errors: errors__.unwrap_or_default(),
                    rotations: rotations__.unwrap_or_default(),
                    bytes: bytes__.unwrap_or_default(),
                    error: error__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.FindingsFile", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Flow {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.protocol != 0 {
            len += 1;
        }
        if self.protocol_number != 0 {
            len += 1;
        }
        if !self.remote.is_empty() {
            len += 1;
        }
        if self.remote_port != 0 {
            len += 1;
        }
        if !self.local.is_empty() {
            len += 1;
        }
        if self.local_port != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Flow", len)?;
        if self.protocol != 0 {
            let v = Protocol::try_from(self.protocol)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.protocol)))?;
            struct_ser.serialize_field("protocol", &v)?;
        }
        if self.protocol_number != 0 {
            struct_ser.serialize_field("protocol_number", &self.protocol_number)?;
        }
        if !self.remote.is_empty() {
            struct_ser.serialize_field("remote", &self.remote)?;
        }
        if self.remote_port != 0 {
            struct_ser.serialize_field("remote_port", &self.remote_port)?;
        }
        if !self.local.is_empty() {
            struct_ser.serialize_field("local", &self.local)?;
        }
        if self.local_port != 0 {
            struct_ser.serialize_field("local_port", &self.local_port)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Flow {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "protocol",
            "protocol_number",
            "protocolNumber",
            "remote",
            "remote_port",
            "remotePort",
            "local",
            "local_port",
            "localPort",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Protocol,
            ProtocolNumber,
            Remote,
            RemotePort,
            Local,
            LocalPort,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "protocol" => Ok(GeneratedField::Protocol),
                            "protocolNumber" | "protocol_number" => Ok(GeneratedField::ProtocolNumber),
                            "remote" => Ok(GeneratedField::Remote),
                            "remotePort" | "remote_port" => Ok(GeneratedField::RemotePort),
                            "local" => Ok(GeneratedField::Local),
                            "localPort" | "local_port" => Ok(GeneratedField::LocalPort),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Flow;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Flow")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Flow, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut protocol__ = None;
                let mut protocol_number__ = None;
                let mut remote__ = None;
                let mut remote_port__ = None;
                let mut local__ = None;
                let mut local_port__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Protocol => {
                            if protocol__.is_some() {
                                return Err(serde::de::Error::duplicate_field("protocol"));
                            }
                            protocol__ = Some(map_.next_value::<Protocol>()? as i32);
                        }
                        GeneratedField::ProtocolNumber => {
                            if protocol_number__.is_some() {
                                return Err(serde::de::Error::duplicate_field("protocolNumber"));
                            }
                            protocol_number__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Remote => {
                            if remote__.is_some() {
                                return Err(serde::de::Error::duplicate_field("remote"));
                            }
                            remote__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RemotePort => {
                            if remote_port__.is_some() {
                                return Err(serde::de::Error::duplicate_field("remotePort"));
                            }
                            remote_port__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Local => {
                            if local__.is_some() {
                                return Err(serde::de::Error::duplicate_field("local"));
                            }
                            local__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LocalPort => {
                            if local_port__.is_some() {
                                return Err(serde::de::Error::duplicate_field("localPort"));
                            }
                            local_port__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Flow {
                    protocol: protocol__.unwrap_or_default(),
                    protocol_number: protocol_number__.unwrap_or_default(),
                    remote: remote__.unwrap_or_default(),
                    remote_port: remote_port__.unwrap_or_default(),
                    local: local__.unwrap_or_default(),
                    local_port: local_port__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Flow", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Fork {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.child.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Fork", len)?;
        if let Some(v) = self.child.as_ref() {
            struct_ser.serialize_field("child", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Fork {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "child",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Child,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "child" => Ok(GeneratedField::Child),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Fork;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Fork")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Fork, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut child__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Child => {
                            if child__.is_some() {
                                return Err(serde::de::Error::duplicate_field("child"));
                            }
                            child__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Fork {
                    child: child__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Fork", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetStatusRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("lunette.v1.GetStatusRequest", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetStatusRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetStatusRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.GetStatusRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetStatusRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(GetStatusRequest {
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.GetStatusRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Hello {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.node.is_empty() {
            len += 1;
        }
        if !self.version.is_empty() {
            len += 1;
        }
        if !self.kernel.is_empty() {
            len += 1;
        }
        if !self.boot_id.is_empty() {
            len += 1;
        }
        if self.last_event_seq != 0 {
            len += 1;
        }
        if self.last_finding_seq != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Hello", len)?;
        if !self.node.is_empty() {
            struct_ser.serialize_field("node", &self.node)?;
        }
        if !self.version.is_empty() {
            struct_ser.serialize_field("version", &self.version)?;
        }
        if !self.kernel.is_empty() {
            struct_ser.serialize_field("kernel", &self.kernel)?;
        }
        if !self.boot_id.is_empty() {
            struct_ser.serialize_field("boot_id", &self.boot_id)?;
        }
        if self.last_event_seq != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("last_event_seq", ToString::to_string(&self.last_event_seq).as_str())?;
        }
        if self.last_finding_seq != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("last_finding_seq", ToString::to_string(&self.last_finding_seq).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Hello {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "node",
            "version",
            "kernel",
            "boot_id",
            "bootId",
            "last_event_seq",
            "lastEventSeq",
            "last_finding_seq",
            "lastFindingSeq",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Node,
            Version,
            Kernel,
            BootId,
            LastEventSeq,
            LastFindingSeq,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "node" => Ok(GeneratedField::Node),
                            "version" => Ok(GeneratedField::Version),
                            "kernel" => Ok(GeneratedField::Kernel),
                            "bootId" | "boot_id" => Ok(GeneratedField::BootId),
                            "lastEventSeq" | "last_event_seq" => Ok(GeneratedField::LastEventSeq),
                            "lastFindingSeq" | "last_finding_seq" => Ok(GeneratedField::LastFindingSeq),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Hello;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Hello")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Hello, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut node__ = None;
                let mut version__ = None;
                let mut kernel__ = None;
                let mut boot_id__ = None;
                let mut last_event_seq__ = None;
                let mut last_finding_seq__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Node => {
                            if node__.is_some() {
                                return Err(serde::de::Error::duplicate_field("node"));
                            }
                            node__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kernel => {
                            if kernel__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kernel"));
                            }
                            kernel__ = Some(map_.next_value()?);
                        }
                        GeneratedField::BootId => {
                            if boot_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bootId"));
                            }
                            boot_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastEventSeq => {
                            if last_event_seq__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastEventSeq"));
                            }
                            last_event_seq__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::LastFindingSeq => {
                            if last_finding_seq__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastFindingSeq"));
                            }
                            last_finding_seq__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Hello {
                    node: node__.unwrap_or_default(),
                    version: version__.unwrap_or_default(),
                    kernel: kernel__.unwrap_or_default(),
                    boot_id: boot_id__.unwrap_or_default(),
                    last_event_seq: last_event_seq__.unwrap_or_default(),
                    last_finding_seq: last_finding_seq__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Hello", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Hook {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.seen != 0 {
            len += 1;
        }
        if self.filtered != 0 {
            len += 1;
        }
        if self.repeated != 0 {
            len += 1;
        }
        if self.submitted != 0 {
            len += 1;
        }
        if self.dropped != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Hook", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.seen != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("seen", ToString::to_string(&self.seen).as_str())?;
        }
        if self.filtered != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("filtered", ToString::to_string(&self.filtered).as_str())?;
        }
        if self.repeated != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("repeated", ToString::to_string(&self.repeated).as_str())?;
        }
        if self.submitted != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("submitted", ToString::to_string(&self.submitted).as_str())?;
        }
        if self.dropped != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("dropped", ToString::to_string(&self.dropped).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Hook {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "seen",
            "filtered",
            "repeated",
            "submitted",
            "dropped",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Seen,
            Filtered,
            Repeated,
            Submitted,
            Dropped,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "seen" => Ok(GeneratedField::Seen),
                            "filtered" => Ok(GeneratedField::Filtered),
                            "repeated" => Ok(GeneratedField::Repeated),
                            "submitted" => Ok(GeneratedField::Submitted),
                            "dropped" => Ok(GeneratedField::Dropped),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Hook;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Hook")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Hook, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut seen__ = None;
                let mut filtered__ = None;
                let mut repeated__ = None;
                let mut submitted__ = None;
                let mut dropped__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Seen => {
                            if seen__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seen"));
                            }
                            seen__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Filtered => {
                            if filtered__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filtered"));
                            }
                            filtered__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Repeated => {
                            if repeated__.is_some() {
                                return Err(serde::de::Error::duplicate_field("repeated"));
                            }
                            repeated__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Submitted => {
                            if submitted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("submitted"));
                            }
                            submitted__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Dropped => {
                            if dropped__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dropped"));
                            }
                            dropped__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Hook {
                    name: name__.unwrap_or_default(),
                    seen: seen__.unwrap_or_default(),
                    filtered: filtered__.unwrap_or_default(),
                    repeated: repeated__.unwrap_or_default(),
                    submitted: submitted__.unwrap_or_default(),
                    dropped: dropped__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Hook", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Host {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.unit.is_empty() {
            len += 1;
        }
        if !self.cgroup_path.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Host", len)?;
        if !self.unit.is_empty() {
            struct_ser.serialize_field("unit", &self.unit)?;
        }
        if !self.cgroup_path.is_empty() {
            struct_ser.serialize_field("cgroup_path", &self.cgroup_path)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Host {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "unit",
            "cgroup_path",
            "cgroupPath",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Unit,
            CgroupPath,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "unit" => Ok(GeneratedField::Unit),
                            "cgroupPath" | "cgroup_path" => Ok(GeneratedField::CgroupPath),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Host;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Host")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Host, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut unit__ = None;
                let mut cgroup_path__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = Some(map_.next_value()?);
                        }
                        GeneratedField::CgroupPath => {
                            if cgroup_path__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cgroupPath"));
                            }
                            cgroup_path__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Host {
                    unit: unit__.unwrap_or_default(),
                    cgroup_path: cgroup_path__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Host", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Image {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.exe.is_empty() {
            len += 1;
        }
        if !self.filename.is_empty() {
            len += 1;
        }
        if !self.interpreter.is_empty() {
            len += 1;
        }
        if !self.args.is_empty() {
            len += 1;
        }
        if self.args_cut_from.is_some() {
            len += 1;
        }
        if !self.cwd.is_empty() {
            len += 1;
        }
        if !self.incomplete.is_empty() {
            len += 1;
        }
        if self.file.is_some() {
            len += 1;
        }
        if self.cap_effective != 0 {
            len += 1;
        }
        if self.cap_permitted != 0 {
            len += 1;
        }
        if self.loginuid.is_some() {
            len += 1;
        }
        if self.sessionid.is_some() {
            len += 1;
        }
        if self.tty {
            len += 1;
        }
        if self.secure_exec {
            len += 1;
        }
        if self.memfd {
            len += 1;
        }
        if self.deleted {
            len += 1;
        }
        if self.script {
            len += 1;
        }
        if self.exec_cgroup != 0 {
            len += 1;
        }
        if self.exec_mnt_ns != 0 {
            len += 1;
        }
        if self.kind.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Image", len)?;
        if !self.exe.is_empty() {
            struct_ser.serialize_field("exe", &self.exe)?;
        }
        if !self.filename.is_empty() {
            struct_ser.serialize_field("filename", &self.filename)?;
        }
        if !self.interpreter.is_empty() {
            struct_ser.serialize_field("interpreter", &self.interpreter)?;
        }
        if !self.args.is_empty() {
            struct_ser.serialize_field("args", &self.args)?;
        }
        if let Some(v) = self.args_cut_from.as_ref() {
            struct_ser.serialize_field("args_cut_from", v)?;
        }
        if !self.cwd.is_empty() {
            struct_ser.serialize_field("cwd", &self.cwd)?;
        }
        if !self.incomplete.is_empty() {
            struct_ser.serialize_field("incomplete", &self.incomplete)?;
        }
        if let Some(v) = self.file.as_ref() {
            struct_ser.serialize_field("file", v)?;
        }
        if self.cap_effective != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("cap_effective", ToString::to_string(&self.cap_effective).as_str())?;
        }
        if self.cap_permitted != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("cap_permitted", ToString::to_string(&self.cap_permitted).as_str())?;
        }
        if let Some(v) = self.loginuid.as_ref() {
            struct_ser.serialize_field("loginuid", v)?;
        }
        if let Some(v) = self.sessionid.as_ref() {
            struct_ser.serialize_field("sessionid", v)?;
        }
        if self.tty {
            struct_ser.serialize_field("tty", &self.tty)?;
        }
        if self.secure_exec {
            struct_ser.serialize_field("secure_exec", &self.secure_exec)?;
        }
        if self.memfd {
            struct_ser.serialize_field("memfd", &self.memfd)?;
        }
        if self.deleted {
            struct_ser.serialize_field("deleted", &self.deleted)?;
        }
        if self.script {
            struct_ser.serialize_field("script", &self.script)?;
        }
        if self.exec_cgroup != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("exec_cgroup", ToString::to_string(&self.exec_cgroup).as_str())?;
        }
        if self.exec_mnt_ns != 0 {
            struct_ser.serialize_field("exec_mnt_ns", &self.exec_mnt_ns)?;
        }
        if let Some(v) = self.kind.as_ref() {
            struct_ser.serialize_field("kind", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Image {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "exe",
            "filename",
            "interpreter",
            "args",
            "args_cut_from",
            "argsCutFrom",
            "cwd",
            "incomplete",
            "file",
            "cap_effective",
            "capEffective",
            "cap_permitted",
            "capPermitted",
            "loginuid",
            "sessionid",
            "tty",
            "secure_exec",
            "secureExec",
            "memfd",
            "deleted",
            "script",
            "exec_cgroup",
            "execCgroup",
            "exec_mnt_ns",
            "execMntNs",
            "kind",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Exe,
            Filename,
            Interpreter,
            Args,
            ArgsCutFrom,
            Cwd,
            Incomplete,
            File,
            CapEffective,
            CapPermitted,
            Loginuid,
            Sessionid,
            Tty,
            SecureExec,
            Memfd,
            Deleted,
            Script,
            ExecCgroup,
            ExecMntNs,
            Kind,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "exe" => Ok(GeneratedField::Exe),
                            "filename" => Ok(GeneratedField::Filename),
                            "interpreter" => Ok(GeneratedField::Interpreter),
                            "args" => Ok(GeneratedField::Args),
                            "argsCutFrom" | "args_cut_from" => Ok(GeneratedField::ArgsCutFrom),
                            "cwd" => Ok(GeneratedField::Cwd),
                            "incomplete" => Ok(GeneratedField::Incomplete),
                            "file" => Ok(GeneratedField::File),
                            "capEffective" | "cap_effective" => Ok(GeneratedField::CapEffective),
                            "capPermitted" | "cap_permitted" => Ok(GeneratedField::CapPermitted),
                            "loginuid" => Ok(GeneratedField::Loginuid),
                            "sessionid" => Ok(GeneratedField::Sessionid),
                            "tty" => Ok(GeneratedField::Tty),
                            "secureExec" | "secure_exec" => Ok(GeneratedField::SecureExec),
                            "memfd" => Ok(GeneratedField::Memfd),
                            "deleted" => Ok(GeneratedField::Deleted),
                            "script" => Ok(GeneratedField::Script),
                            "execCgroup" | "exec_cgroup" => Ok(GeneratedField::ExecCgroup),
                            "execMntNs" | "exec_mnt_ns" => Ok(GeneratedField::ExecMntNs),
                            "kind" => Ok(GeneratedField::Kind),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Image;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Image")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Image, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut exe__ = None;
                let mut filename__ = None;
                let mut interpreter__ = None;
                let mut args__ = None;
                let mut args_cut_from__ = None;
                let mut cwd__ = None;
                let mut incomplete__ = None;
                let mut file__ = None;
                let mut cap_effective__ = None;
                let mut cap_permitted__ = None;
                let mut loginuid__ = None;
                let mut sessionid__ = None;
                let mut tty__ = None;
                let mut secure_exec__ = None;
                let mut memfd__ = None;
                let mut deleted__ = None;
                let mut script__ = None;
                let mut exec_cgroup__ = None;
                let mut exec_mnt_ns__ = None;
                let mut kind__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Exe => {
                            if exe__.is_some() {
                                return Err(serde::de::Error::duplicate_field("exe"));
                            }
                            exe__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Filename => {
                            if filename__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filename"));
                            }
                            filename__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Interpreter => {
                            if interpreter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("interpreter"));
                            }
                            interpreter__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Args => {
                            if args__.is_some() {
                                return Err(serde::de::Error::duplicate_field("args"));
                            }
                            args__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ArgsCutFrom => {
                            if args_cut_from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("argsCutFrom"));
                            }
                            args_cut_from__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Cwd => {
                            if cwd__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cwd"));
                            }
                            cwd__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Incomplete => {
                            if incomplete__.is_some() {
                                return Err(serde::de::Error::duplicate_field("incomplete"));
                            }
                            incomplete__ = Some(map_.next_value()?);
                        }
                        GeneratedField::File => {
                            if file__.is_some() {
                                return Err(serde::de::Error::duplicate_field("file"));
                            }
                            file__ = map_.next_value()?;
                        }
                        GeneratedField::CapEffective => {
                            if cap_effective__.is_some() {
                                return Err(serde::de::Error::duplicate_field("capEffective"));
                            }
                            cap_effective__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::CapPermitted => {
                            if cap_permitted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("capPermitted"));
                            }
                            cap_permitted__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Loginuid => {
                            if loginuid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("loginuid"));
                            }
                            loginuid__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Sessionid => {
                            if sessionid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sessionid"));
                            }
                            sessionid__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Tty => {
                            if tty__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tty"));
                            }
                            tty__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SecureExec => {
                            if secure_exec__.is_some() {
                                return Err(serde::de::Error::duplicate_field("secureExec"));
                            }
                            secure_exec__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Memfd => {
                            if memfd__.is_some() {
                                return Err(serde::de::Error::duplicate_field("memfd"));
                            }
                            memfd__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Deleted => {
                            if deleted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deleted"));
                            }
                            deleted__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Script => {
                            if script__.is_some() {
                                return Err(serde::de::Error::duplicate_field("script"));
                            }
                            script__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ExecCgroup => {
                            if exec_cgroup__.is_some() {
                                return Err(serde::de::Error::duplicate_field("execCgroup"));
                            }
                            exec_cgroup__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::ExecMntNs => {
                            if exec_mnt_ns__.is_some() {
                                return Err(serde::de::Error::duplicate_field("execMntNs"));
                            }
                            exec_mnt_ns__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Image {
                    exe: exe__.unwrap_or_default(),
                    filename: filename__.unwrap_or_default(),
                    interpreter: interpreter__.unwrap_or_default(),
                    args: args__.unwrap_or_default(),
                    args_cut_from: args_cut_from__,
                    cwd: cwd__.unwrap_or_default(),
                    incomplete: incomplete__.unwrap_or_default(),
                    file: file__,
                    cap_effective: cap_effective__.unwrap_or_default(),
                    cap_permitted: cap_permitted__.unwrap_or_default(),
                    loginuid: loginuid__,
                    sessionid: sessionid__,
                    tty: tty__.unwrap_or_default(),
                    secure_exec: secure_exec__.unwrap_or_default(),
                    memfd: memfd__.unwrap_or_default(),
                    deleted: deleted__.unwrap_or_default(),
                    script: script__.unwrap_or_default(),
                    exec_cgroup: exec_cgroup__.unwrap_or_default(),
                    exec_mnt_ns: exec_mnt_ns__.unwrap_or_default(),
                    kind: kind__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Image", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Loss {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.stage.is_empty() {
            len += 1;
        }
        if !self.hook.is_empty() {
            len += 1;
        }
        if self.lost != 0 {
            len += 1;
        }
        if self.total != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Loss", len)?;
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if !self.hook.is_empty() {
            struct_ser.serialize_field("hook", &self.hook)?;
        }
        if self.lost != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lost", ToString::to_string(&self.lost).as_str())?;
        }
        if self.total != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("total", ToString::to_string(&self.total).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Loss {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "hook",
            "lost",
            "total",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Hook,
            Lost,
            Total,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "hook" => Ok(GeneratedField::Hook),
                            "lost" => Ok(GeneratedField::Lost),
                            "total" => Ok(GeneratedField::Total),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Loss;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Loss")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Loss, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut hook__ = None;
                let mut lost__ = None;
                let mut total__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Hook => {
                            if hook__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hook"));
                            }
                            hook__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Lost => {
                            if lost__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lost"));
                            }
                            lost__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Total => {
                            if total__.is_some() {
                                return Err(serde::de::Error::duplicate_field("total"));
                            }
                            total__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Loss {
                    stage: stage__.unwrap_or_default(),
                    hook: hook__.unwrap_or_default(),
                    lost: lost__.unwrap_or_default(),
                    total: total__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Loss", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Lost {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.events != 0 {
            len += 1;
        }
        if self.findings != 0 {
            len += 1;
        }
        if self.total_events != 0 {
            len += 1;
        }
        if self.total_findings != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Lost", len)?;
        if self.events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("events", ToString::to_string(&self.events).as_str())?;
        }
        if self.findings != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("findings", ToString::to_string(&self.findings).as_str())?;
        }
        if self.total_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("total_events", ToString::to_string(&self.total_events).as_str())?;
        }
        if self.total_findings != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("total_findings", ToString::to_string(&self.total_findings).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Lost {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "events",
            "findings",
            "total_events",
            "totalEvents",
            "total_findings",
            "totalFindings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Events,
            Findings,
            TotalEvents,
            TotalFindings,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "events" => Ok(GeneratedField::Events),
                            "findings" => Ok(GeneratedField::Findings),
                            "totalEvents" | "total_events" => Ok(GeneratedField::TotalEvents),
                            "totalFindings" | "total_findings" => Ok(GeneratedField::TotalFindings),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Lost;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Lost")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Lost, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut events__ = None;
                let mut findings__ = None;
                let mut total_events__ = None;
                let mut total_findings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Findings => {
                            if findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findings"));
                            }
                            findings__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::TotalEvents => {
                            if total_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("totalEvents"));
                            }
                            total_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::TotalFindings => {
                            if total_findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("totalFindings"));
                            }
                            total_findings__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Lost {
                    events: events__.unwrap_or_default(),
                    findings: findings__.unwrap_or_default(),
                    total_events: total_events__.unwrap_or_default(),
                    total_findings: total_findings__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Lost", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Mount {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.source.is_empty() {
            len += 1;
        }
        if !self.destination.is_empty() {
            len += 1;
        }
        if self.secret != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Mount", len)?;
        if !self.source.is_empty() {
            struct_ser.serialize_field("source", &self.source)?;
        }
        if !self.destination.is_empty() {
            struct_ser.serialize_field("destination", &self.destination)?;
        }
        if self.secret != 0 {
            let v = SecretMount::try_from(self.secret)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.secret)))?;
            struct_ser.serialize_field("secret", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Mount {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "source",
            "destination",
            "secret",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Source,
            Destination,
            Secret,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "source" => Ok(GeneratedField::Source),
                            "destination" => Ok(GeneratedField::Destination),
                            "secret" => Ok(GeneratedField::Secret),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Mount;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Mount")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Mount, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut source__ = None;
                let mut destination__ = None;
                let mut secret__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Destination => {
                            if destination__.is_some() {
                                return Err(serde::de::Error::duplicate_field("destination"));
                            }
                            destination__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Secret => {
                            if secret__.is_some() {
                                return Err(serde::de::Error::duplicate_field("secret"));
                            }
                            secret__ = Some(map_.next_value::<SecretMount>()? as i32);
                        }
                    }
                }
                Ok(Mount {
                    source: source__.unwrap_or_default(),
                    destination: destination__.unwrap_or_default(),
                    secret: secret__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Mount", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Namespaces {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.mnt != 0 {
            len += 1;
        }
        if self.pid != 0 {
            len += 1;
        }
        if self.net != 0 {
            len += 1;
        }
        if self.user != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Namespaces", len)?;
        if self.mnt != 0 {
            struct_ser.serialize_field("mnt", &self.mnt)?;
        }
        if self.pid != 0 {
            struct_ser.serialize_field("pid", &self.pid)?;
        }
        if self.net != 0 {
            struct_ser.serialize_field("net", &self.net)?;
        }
        if self.user != 0 {
            struct_ser.serialize_field("user", &self.user)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Namespaces {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "mnt",
            "pid",
            "net",
            "user",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Mnt,
            Pid,
            Net,
            User,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "mnt" => Ok(GeneratedField::Mnt),
                            "pid" => Ok(GeneratedField::Pid),
                            "net" => Ok(GeneratedField::Net),
                            "user" => Ok(GeneratedField::User),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Namespaces;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Namespaces")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Namespaces, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut mnt__ = None;
                let mut pid__ = None;
                let mut net__ = None;
                let mut user__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Mnt => {
                            if mnt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mnt"));
                            }
                            mnt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Pid => {
                            if pid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pid"));
                            }
                            pid__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Net => {
                            if net__.is_some() {
                                return Err(serde::de::Error::duplicate_field("net"));
                            }
                            net__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::User => {
                            if user__.is_some() {
                                return Err(serde::de::Error::duplicate_field("user"));
                            }
                            user__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Namespaces {
                    mnt: mnt__.unwrap_or_default(),
                    pid: pid__.unwrap_or_default(),
                    net: net__.unwrap_or_default(),
                    user: user__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Namespaces", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Open {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.path.is_empty() {
            len += 1;
        }
        if !self.mount_root.is_empty() {
            len += 1;
        }
        if self.flags != 0 {
            len += 1;
        }
        if self.file.is_some() {
            len += 1;
        }
        if self.mount_ino != 0 {
            len += 1;
        }
        if self.cut {
            len += 1;
        }
        if self.detached {
            len += 1;
        }
        if self.deleted {
            len += 1;
        }
        if self.on_secret_mount {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Open", len)?;
        if !self.path.is_empty() {
            struct_ser.serialize_field("path", &self.path)?;
        }
        if !self.mount_root.is_empty() {
            struct_ser.serialize_field("mount_root", &self.mount_root)?;
        }
        if self.flags != 0 {
            struct_ser.serialize_field("flags", &self.flags)?;
        }
        if let Some(v) = self.file.as_ref() {
            struct_ser.serialize_field("file", v)?;
        }
        if self.mount_ino != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("mount_ino", ToString::to_string(&self.mount_ino).as_str())?;
        }
        if self.cut {
            struct_ser.serialize_field("cut", &self.cut)?;
        }
        if self.detached {
            struct_ser.serialize_field("detached", &self.detached)?;
        }
        if self.deleted {
            struct_ser.serialize_field("deleted", &self.deleted)?;
        }
        if self.on_secret_mount {
            struct_ser.serialize_field("on_secret_mount", &self.on_secret_mount)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Open {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "path",
            "mount_root",
            "mountRoot",
            "flags",
            "file",
            "mount_ino",
            "mountIno",
            "cut",
            "detached",
            "deleted",
            "on_secret_mount",
            "onSecretMount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Path,
            MountRoot,
            Flags,
            File,
            MountIno,
            Cut,
            Detached,
            Deleted,
            OnSecretMount,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "path" => Ok(GeneratedField::Path),
                            "mountRoot" | "mount_root" => Ok(GeneratedField::MountRoot),
                            "flags" => Ok(GeneratedField::Flags),
                            "file" => Ok(GeneratedField::File),
                            "mountIno" | "mount_ino" => Ok(GeneratedField::MountIno),
                            "cut" => Ok(GeneratedField::Cut),
                            "detached" => Ok(GeneratedField::Detached),
                            "deleted" => Ok(GeneratedField::Deleted),
                            "onSecretMount" | "on_secret_mount" => Ok(GeneratedField::OnSecretMount),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Open;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Open")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Open, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut path__ = None;
                let mut mount_root__ = None;
                let mut flags__ = None;
                let mut file__ = None;
                let mut mount_ino__ = None;
                let mut cut__ = None;
                let mut detached__ = None;
                let mut deleted__ = None;
                let mut on_secret_mount__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Path => {
                            if path__.is_some() {
                                return Err(serde::de::Error::duplicate_field("path"));
                            }
                            path__ = Some(map_.next_value()?);
                        }
                        GeneratedField::MountRoot => {
                            if mount_root__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mountRoot"));
                            }
                            mount_root__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Flags => {
                            if flags__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flags"));
                            }
                            flags__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::File => {
                            if file__.is_some() {
                                return Err(serde::de::Error::duplicate_field("file"));
                            }
                            file__ = map_.next_value()?;
                        }
                        GeneratedField::MountIno => {
                            if mount_ino__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mountIno"));
                            }
                            mount_ino__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Cut => {
                            if cut__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cut"));
                            }
                            cut__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Detached => {
                            if detached__.is_some() {
                                return Err(serde::de::Error::duplicate_field("detached"));
                            }
                            detached__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Deleted => {
                            if deleted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deleted"));
                            }
                            deleted__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OnSecretMount => {
                            if on_secret_mount__.is_some() {
                                return Err(serde::de::Error::duplicate_field("onSecretMount"));
                            }
                            on_secret_mount__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Open {
                    path: path__.unwrap_or_default(),
                    mount_root: mount_root__.unwrap_or_default(),
                    flags: flags__.unwrap_or_default(),
                    file: file__,
                    mount_ino: mount_ino__.unwrap_or_default(),
                    cut: cut__.unwrap_or_default(),
                    detached: detached__.unwrap_or_default(),
                    deleted: deleted__.unwrap_or_default(),
                    on_secret_mount: on_secret_mount__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Open", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Origin {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "ORIGIN_UNSPECIFIED",
            Self::Host => "ORIGIN_HOST",
            Self::Entrypoint => "ORIGIN_ENTRYPOINT",
            Self::Spawned => "ORIGIN_SPAWNED",
            Self::ExecInto => "ORIGIN_EXEC_INTO",
            Self::Runtime => "ORIGIN_RUNTIME",
            Self::Unknown => "ORIGIN_UNKNOWN",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Origin {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "ORIGIN_UNSPECIFIED",
            "ORIGIN_HOST",
            "ORIGIN_ENTRYPOINT",
            "ORIGIN_SPAWNED",
            "ORIGIN_EXEC_INTO",
            "ORIGIN_RUNTIME",
            "ORIGIN_UNKNOWN",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Origin;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "ORIGIN_UNSPECIFIED" => Ok(Origin::Unspecified),
                    "ORIGIN_HOST" => Ok(Origin::Host),
                    "ORIGIN_ENTRYPOINT" => Ok(Origin::Entrypoint),
                    "ORIGIN_SPAWNED" => Ok(Origin::Spawned),
                    "ORIGIN_EXEC_INTO" => Ok(Origin::ExecInto),
                    "ORIGIN_RUNTIME" => Ok(Origin::Runtime),
                    "ORIGIN_UNKNOWN" => Ok(Origin::Unknown),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Outcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.conn != 0 {
            len += 1;
        }
        if self.flow.is_some() {
            len += 1;
        }
        if self.result != 0 {
            len += 1;
        }
        if self.took_ns != 0 {
            len += 1;
        }
        if self.error.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Outcome", len)?;
        if self.conn != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("conn", ToString::to_string(&self.conn).as_str())?;
        }
        if let Some(v) = self.flow.as_ref() {
            struct_ser.serialize_field("flow", v)?;
        }
        if self.result != 0 {
            let v = ConnectResult::try_from(self.result)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.result)))?;
            struct_ser.serialize_field("result", &v)?;
        }
        if self.took_ns != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("took_ns", ToString::to_string(&self.took_ns).as_str())?;
        }
        if let Some(v) = self.error.as_ref() {
            struct_ser.serialize_field("error", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Outcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "conn",
            "flow",
            "result",
            "took_ns",
            "tookNs",
            "error",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Conn,
            Flow,
            Result,
            TookNs,
            Error,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "conn" => Ok(GeneratedField::Conn),
                            "flow" => Ok(GeneratedField::Flow),
                            "result" => Ok(GeneratedField::Result),
                            "tookNs" | "took_ns" => Ok(GeneratedField::TookNs),
                            "error" => Ok(GeneratedField::Error),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Outcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Outcome")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Outcome, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut conn__ = None;
                let mut flow__ = None;
                let mut result__ = None;
                let mut took_ns__ = None;
                let mut error__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Conn => {
                            if conn__.is_some() {
                                return Err(serde::de::Error::duplicate_field("conn"));
                            }
                            conn__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Flow => {
                            if flow__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flow"));
                            }
                            flow__ = map_.next_value()?;
                        }
                        GeneratedField::Result => {
                            if result__.is_some() {
                                return Err(serde::de::Error::duplicate_field("result"));
                            }
                            result__ = Some(map_.next_value::<ConnectResult>()? as i32);
                        }
                        GeneratedField::TookNs => {
                            if took_ns__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tookNs"));
                            }
                            took_ns__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Error => {
                            if error__.is_some() {
                                return Err(serde::de::Error::duplicate_field("error"));
                            }
                            error__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Outcome {
                    conn: conn__.unwrap_or_default(),
                    flow: flow__,
                    result: result__.unwrap_or_default(),
                    took_ns: took_ns__.unwrap_or_default(),
                    error: error__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Outcome", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PartMissing {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.part.is_empty() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.PartMissing", len)?;
        if !self.part.is_empty() {
            struct_ser.serialize_field("part", &self.part)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PartMissing {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "part",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Part,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "part" => Ok(GeneratedField::Part),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PartMissing;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.PartMissing")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PartMissing, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut part__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Part => {
                            if part__.is_some() {
                                return Err(serde::de::Error::duplicate_field("part"));
                            }
                            part__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(PartMissing {
                    part: part__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.PartMissing", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PartSource {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.part.is_empty() {
            len += 1;
        }
        if !self.source.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.PartSource", len)?;
        if !self.part.is_empty() {
            struct_ser.serialize_field("part", &self.part)?;
        }
        if !self.source.is_empty() {
            struct_ser.serialize_field("source", &self.source)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PartSource {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "part",
            "source",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Part,
            Source,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "part" => Ok(GeneratedField::Part),
                            "source" => Ok(GeneratedField::Source),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PartSource;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.PartSource")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PartSource, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut part__ = None;
                let mut source__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Part => {
                            if part__.is_some() {
                                return Err(serde::de::Error::duplicate_field("part"));
                            }
                            part__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(PartSource {
                    part: part__.unwrap_or_default(),
                    source: source__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.PartSource", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Pod {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.namespace.is_empty() {
            len += 1;
        }
        if !self.uid.is_empty() {
            len += 1;
        }
        if !self.labels.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Pod", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.namespace.is_empty() {
            struct_ser.serialize_field("namespace", &self.namespace)?;
        }
        if !self.uid.is_empty() {
            struct_ser.serialize_field("uid", &self.uid)?;
        }
        if !self.labels.is_empty() {
            struct_ser.serialize_field("labels", &self.labels)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Pod {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "namespace",
            "uid",
            "labels",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Namespace,
            Uid,
            Labels,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "namespace" => Ok(GeneratedField::Namespace),
                            "uid" => Ok(GeneratedField::Uid),
                            "labels" => Ok(GeneratedField::Labels),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Pod;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Pod")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Pod, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut namespace__ = None;
                let mut uid__ = None;
                let mut labels__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Namespace => {
                            if namespace__.is_some() {
                                return Err(serde::de::Error::duplicate_field("namespace"));
                            }
                            namespace__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Uid => {
                            if uid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("uid"));
                            }
                            uid__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Labels => {
                            if labels__.is_some() {
                                return Err(serde::de::Error::duplicate_field("labels"));
                            }
                            labels__ = Some(
                                map_.next_value::<std::collections::BTreeMap<_, _>>()?
                            );
                        }
                    }
                }
                Ok(Pod {
                    name: name__.unwrap_or_default(),
                    namespace: namespace__.unwrap_or_default(),
                    uid: uid__.unwrap_or_default(),
                    labels: labels__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Pod", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Process {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.key.is_some() {
            len += 1;
        }
        if self.parent.is_some() {
            len += 1;
        }
        if self.ns_pid != 0 {
            len += 1;
        }
        if self.cgroup != 0 {
            len += 1;
        }
        if self.image.is_some() {
            len += 1;
        }
        if self.origin != 0 {
            len += 1;
        }
        if self.source != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Process", len)?;
        if let Some(v) = self.key.as_ref() {
            struct_ser.serialize_field("key", v)?;
        }
        if let Some(v) = self.parent.as_ref() {
            struct_ser.serialize_field("parent", v)?;
        }
        if self.ns_pid != 0 {
            struct_ser.serialize_field("ns_pid", &self.ns_pid)?;
        }
        if self.cgroup != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("cgroup", ToString::to_string(&self.cgroup).as_str())?;
        }
        if let Some(v) = self.image.as_ref() {
            struct_ser.serialize_field("image", v)?;
        }
        if self.origin != 0 {
            let v = Origin::try_from(self.origin)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.origin)))?;
            struct_ser.serialize_field("origin", &v)?;
        }
        if self.source != 0 {
            let v = ProcessSource::try_from(self.source)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.source)))?;
            struct_ser.serialize_field("source", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Process {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "key",
            "parent",
            "ns_pid",
            "nsPid",
            "cgroup",
            "image",
            "origin",
            "source",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Key,
            Parent,
            NsPid,
            Cgroup,
            Image,
            Origin,
            Source,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "key" => Ok(GeneratedField::Key),
                            "parent" => Ok(GeneratedField::Parent),
                            "nsPid" | "ns_pid" => Ok(GeneratedField::NsPid),
                            "cgroup" => Ok(GeneratedField::Cgroup),
                            "image" => Ok(GeneratedField::Image),
                            "origin" => Ok(GeneratedField::Origin),
                            "source" => Ok(GeneratedField::Source),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Process;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Process")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Process, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut key__ = None;
                let mut parent__ = None;
                let mut ns_pid__ = None;
                let mut cgroup__ = None;
                let mut image__ = None;
                let mut origin__ = None;
                let mut source__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Key => {
                            if key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            key__ = map_.next_value()?;
                        }
                        GeneratedField::Parent => {
                            if parent__.is_some() {
                                return Err(serde::de::Error::duplicate_field("parent"));
                            }
                            parent__ = map_.next_value()?;
                        }
                        GeneratedField::NsPid => {
                            if ns_pid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nsPid"));
                            }
                            ns_pid__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Cgroup => {
                            if cgroup__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cgroup"));
                            }
                            cgroup__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Image => {
                            if image__.is_some() {
                                return Err(serde::de::Error::duplicate_field("image"));
                            }
                            image__ = map_.next_value()?;
                        }
                        GeneratedField::Origin => {
                            if origin__.is_some() {
                                return Err(serde::de::Error::duplicate_field("origin"));
                            }
                            origin__ = Some(map_.next_value::<Origin>()? as i32);
                        }
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = Some(map_.next_value::<ProcessSource>()? as i32);
                        }
                    }
                }
                Ok(Process {
                    key: key__,
                    parent: parent__,
                    ns_pid: ns_pid__.unwrap_or_default(),
                    cgroup: cgroup__.unwrap_or_default(),
                    image: image__,
                    origin: origin__.unwrap_or_default(),
                    source: source__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Process", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ProcessKey {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.pid != 0 {
            len += 1;
        }
        if self.start_ns != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.ProcessKey", len)?;
        if self.pid != 0 {
            struct_ser.serialize_field("pid", &self.pid)?;
        }
        if self.start_ns != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("start_ns", ToString::to_string(&self.start_ns).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ProcessKey {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "pid",
            "start_ns",
            "startNs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Pid,
            StartNs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "pid" => Ok(GeneratedField::Pid),
                            "startNs" | "start_ns" => Ok(GeneratedField::StartNs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ProcessKey;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.ProcessKey")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ProcessKey, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut pid__ = None;
                let mut start_ns__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Pid => {
                            if pid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pid"));
                            }
                            pid__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::StartNs => {
                            if start_ns__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startNs"));
                            }
                            start_ns__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(ProcessKey {
                    pid: pid__.unwrap_or_default(),
                    start_ns: start_ns__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.ProcessKey", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ProcessSource {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PROCESS_SOURCE_UNSPECIFIED",
            Self::Exec => "PROCESS_SOURCE_EXEC",
            Self::Fork => "PROCESS_SOURCE_FORK",
            Self::Procfs => "PROCESS_SOURCE_PROCFS",
            Self::Record => "PROCESS_SOURCE_RECORD",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for ProcessSource {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PROCESS_SOURCE_UNSPECIFIED",
            "PROCESS_SOURCE_EXEC",
            "PROCESS_SOURCE_FORK",
            "PROCESS_SOURCE_PROCFS",
            "PROCESS_SOURCE_RECORD",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = ProcessSource;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PROCESS_SOURCE_UNSPECIFIED" => Ok(ProcessSource::Unspecified),
                    "PROCESS_SOURCE_EXEC" => Ok(ProcessSource::Exec),
                    "PROCESS_SOURCE_FORK" => Ok(ProcessSource::Fork),
                    "PROCESS_SOURCE_PROCFS" => Ok(ProcessSource::Procfs),
                    "PROCESS_SOURCE_RECORD" => Ok(ProcessSource::Record),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for ProgramKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.class != 0 {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.ProgramKind", len)?;
        if self.class != 0 {
            let v = program_kind::Class::try_from(self.class)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.class)))?;
            struct_ser.serialize_field("class", &v)?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ProgramKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "class",
            "name",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Class,
            Name,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "class" => Ok(GeneratedField::Class),
                            "name" => Ok(GeneratedField::Name),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ProgramKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.ProgramKind")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ProgramKind, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut class__ = None;
                let mut name__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Class => {
                            if class__.is_some() {
                                return Err(serde::de::Error::duplicate_field("class"));
                            }
                            class__ = Some(map_.next_value::<program_kind::Class>()? as i32);
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ProgramKind {
                    class: class__.unwrap_or_default(),
                    name: name__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.ProgramKind", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for program_kind::Class {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "CLASS_UNSPECIFIED",
            Self::Shell => "CLASS_SHELL",
            Self::Multicall => "CLASS_MULTICALL",
            Self::Other => "CLASS_OTHER",
            Self::Unidentified => "CLASS_UNIDENTIFIED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for program_kind::Class {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "CLASS_UNSPECIFIED",
            "CLASS_SHELL",
            "CLASS_MULTICALL",
            "CLASS_OTHER",
            "CLASS_UNIDENTIFIED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = program_kind::Class;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "CLASS_UNSPECIFIED" => Ok(program_kind::Class::Unspecified),
                    "CLASS_SHELL" => Ok(program_kind::Class::Shell),
                    "CLASS_MULTICALL" => Ok(program_kind::Class::Multicall),
                    "CLASS_OTHER" => Ok(program_kind::Class::Other),
                    "CLASS_UNIDENTIFIED" => Ok(program_kind::Class::Unidentified),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Protocol {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PROTOCOL_UNSPECIFIED",
            Self::Tcp => "PROTOCOL_TCP",
            Self::Udp => "PROTOCOL_UDP",
            Self::Sctp => "PROTOCOL_SCTP",
            Self::Other => "PROTOCOL_OTHER",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Protocol {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PROTOCOL_UNSPECIFIED",
            "PROTOCOL_TCP",
            "PROTOCOL_UDP",
            "PROTOCOL_SCTP",
            "PROTOCOL_OTHER",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Protocol;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PROTOCOL_UNSPECIFIED" => Ok(Protocol::Unspecified),
                    "PROTOCOL_TCP" => Ok(Protocol::Tcp),
                    "PROTOCOL_UDP" => Ok(Protocol::Udp),
                    "PROTOCOL_SCTP" => Ok(Protocol::Sctp),
                    "PROTOCOL_OTHER" => Ok(Protocol::Other),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Ring {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.bytes != 0 {
            len += 1;
        }
        if self.records != 0 {
            len += 1;
        }
        if self.size_bytes != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Ring", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.bytes != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("bytes", ToString::to_string(&self.bytes).as_str())?;
        }
        if self.records != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("records", ToString::to_string(&self.records).as_str())?;
        }
        if self.size_bytes != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("size_bytes", ToString::to_string(&self.size_bytes).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Ring {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "bytes",
            "records",
            "size_bytes",
            "sizeBytes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Bytes,
            Records,
            SizeBytes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "bytes" => Ok(GeneratedField::Bytes),
                            "records" => Ok(GeneratedField::Records),
                            "sizeBytes" | "size_bytes" => Ok(GeneratedField::SizeBytes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Ring;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Ring")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Ring, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut bytes__ = None;
                let mut records__ = None;
                let mut size_bytes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Bytes => {
                            if bytes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bytes"));
                            }
                            bytes__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Records => {
                            if records__.is_some() {
                                return Err(serde::de::Error::duplicate_field("records"));
                            }
                            records__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::SizeBytes => {
                            if size_bytes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sizeBytes"));
                            }
                            size_bytes__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Ring {
                    name: name__.unwrap_or_default(),
                    bytes: bytes__.unwrap_or_default(),
                    records: records__.unwrap_or_default(),
                    size_bytes: size_bytes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Ring", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Rule {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.findings != 0 {
            len += 1;
        }
        if self.new != 0 {
            len += 1;
        }
        if self.suppressed != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Rule", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.findings != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("findings", ToString::to_string(&self.findings).as_str())?;
        }
        if self.new != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("new", ToString::to_string(&self.new).as_str())?;
        }
        if self.suppressed != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("suppressed", ToString::to_string(&self.suppressed).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Rule {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "findings",
            "new",
            "suppressed",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Findings,
            New,
            Suppressed,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "findings" => Ok(GeneratedField::Findings),
                            "new" => Ok(GeneratedField::New),
                            "suppressed" => Ok(GeneratedField::Suppressed),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Rule;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Rule")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Rule, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut findings__ = None;
                let mut new__ = None;
                let mut suppressed__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Findings => {
                            if findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findings"));
                            }
                            findings__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::New => {
                            if new__.is_some() {
                                return Err(serde::de::Error::duplicate_field("new"));
                            }
                            new__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Suppressed => {
                            if suppressed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("suppressed"));
                            }
                            suppressed__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Rule {
                    name: name__.unwrap_or_default(),
                    findings: findings__.unwrap_or_default(),
                    new: new__.unwrap_or_default(),
                    suppressed: suppressed__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Rule", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SecretMount {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "SECRET_MOUNT_UNSPECIFIED",
            Self::KubernetesSecret => "SECRET_MOUNT_KUBERNETES_SECRET",
            Self::Projected => "SECRET_MOUNT_PROJECTED",
            Self::Csi => "SECRET_MOUNT_CSI",
            Self::RunSecrets => "SECRET_MOUNT_RUN_SECRETS",
            Self::Configured => "SECRET_MOUNT_CONFIGURED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for SecretMount {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "SECRET_MOUNT_UNSPECIFIED",
            "SECRET_MOUNT_KUBERNETES_SECRET",
            "SECRET_MOUNT_PROJECTED",
            "SECRET_MOUNT_CSI",
            "SECRET_MOUNT_RUN_SECRETS",
            "SECRET_MOUNT_CONFIGURED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = SecretMount;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "SECRET_MOUNT_UNSPECIFIED" => Ok(SecretMount::Unspecified),
                    "SECRET_MOUNT_KUBERNETES_SECRET" => Ok(SecretMount::KubernetesSecret),
                    "SECRET_MOUNT_PROJECTED" => Ok(SecretMount::Projected),
                    "SECRET_MOUNT_CSI" => Ok(SecretMount::Csi),
                    "SECRET_MOUNT_RUN_SECRETS" => Ok(SecretMount::RunSecrets),
                    "SECRET_MOUNT_CONFIGURED" => Ok(SecretMount::Configured),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Send {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.flow.is_some() {
            len += 1;
        }
        if self.count != 0 {
            len += 1;
        }
        if self.error.is_some() {
            len += 1;
        }
        if self.callers_word {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Send", len)?;
        if let Some(v) = self.flow.as_ref() {
            struct_ser.serialize_field("flow", v)?;
        }
        if self.count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("count", ToString::to_string(&self.count).as_str())?;
        }
        if let Some(v) = self.error.as_ref() {
            struct_ser.serialize_field("error", v)?;
        }
        if self.callers_word {
            struct_ser.serialize_field("callers_word", &self.callers_word)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Send {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "flow",
            "count",
            "error",
            "callers_word",
            "callersWord",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Flow,
            Count,
            Error,
            CallersWord,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "flow" => Ok(GeneratedField::Flow),
                            "count" => Ok(GeneratedField::Count),
                            "error" => Ok(GeneratedField::Error),
                            "callersWord" | "callers_word" => Ok(GeneratedField::CallersWord),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Send;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Send")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Send, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut flow__ = None;
                let mut count__ = None;
                let mut error__ = None;
                let mut callers_word__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Flow => {
                            if flow__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flow"));
                            }
                            flow__ = map_.next_value()?;
                        }
                        GeneratedField::Count => {
                            if count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("count"));
                            }
                            count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Error => {
                            if error__.is_some() {
                                return Err(serde::de::Error::duplicate_field("error"));
                            }
                            error__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::CallersWord => {
                            if callers_word__.is_some() {
                                return Err(serde::de::Error::duplicate_field("callersWord"));
                            }
                            callers_word__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Send {
                    flow: flow__,
                    count: count__.unwrap_or_default(),
                    error: error__,
                    callers_word: callers_word__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Send", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Sensor {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.backend.is_empty() {
            len += 1;
        }
        if !self.hook.is_empty() {
            len += 1;
        }
        if self.attached {
            len += 1;
        }
        if !self.error.is_empty() {
            len += 1;
        }
        if self.missed != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Sensor", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.backend.is_empty() {
            struct_ser.serialize_field("backend", &self.backend)?;
        }
        if !self.hook.is_empty() {
            struct_ser.serialize_field("hook", &self.hook)?;
        }
        if self.attached {
            struct_ser.serialize_field("attached", &self.attached)?;
        }
        if !self.error.is_empty() {
            struct_ser.serialize_field("error", &self.error)?;
        }
        if self.missed != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("missed", ToString::to_string(&self.missed).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Sensor {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "backend",
            "hook",
            "attached",
            "error",
            "missed",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Backend,
            Hook,
            Attached,
            Error,
            Missed,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "backend" => Ok(GeneratedField::Backend),
                            "hook" => Ok(GeneratedField::Hook),
                            "attached" => Ok(GeneratedField::Attached),
                            "error" => Ok(GeneratedField::Error),
                            "missed" => Ok(GeneratedField::Missed),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Sensor;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Sensor")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Sensor, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut backend__ = None;
                let mut hook__ = None;
                let mut attached__ = None;
                let mut error__ = None;
                let mut missed__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Backend => {
                            if backend__.is_some() {
                                return Err(serde::de::Error::duplicate_field("backend"));
                            }
                            backend__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Hook => {
                            if hook__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hook"));
                            }
                            hook__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Attached => {
                            if attached__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attached"));
                            }
                            attached__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Error => {
                            if error__.is_some() {
                                return Err(serde::de::Error::duplicate_field("error"));
                            }
                            error__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Missed => {
                            if missed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("missed"));
                            }
                            missed__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Sensor {
                    name: name__.unwrap_or_default(),
                    backend: backend__.unwrap_or_default(),
                    hook: hook__.unwrap_or_default(),
                    attached: attached__.unwrap_or_default(),
                    error: error__.unwrap_or_default(),
                    missed: missed__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Sensor", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Severity {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "SEVERITY_UNSPECIFIED",
            Self::Info => "SEVERITY_INFO",
            Self::Low => "SEVERITY_LOW",
            Self::Medium => "SEVERITY_MEDIUM",
            Self::High => "SEVERITY_HIGH",
            Self::Critical => "SEVERITY_CRITICAL",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Severity {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "SEVERITY_UNSPECIFIED",
            "SEVERITY_INFO",
            "SEVERITY_LOW",
            "SEVERITY_MEDIUM",
            "SEVERITY_HIGH",
            "SEVERITY_CRITICAL",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Severity;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "SEVERITY_UNSPECIFIED" => Ok(Severity::Unspecified),
                    "SEVERITY_INFO" => Ok(Severity::Info),
                    "SEVERITY_LOW" => Ok(Severity::Low),
                    "SEVERITY_MEDIUM" => Ok(Severity::Medium),
                    "SEVERITY_HIGH" => Ok(Severity::High),
                    "SEVERITY_CRITICAL" => Ok(Severity::Critical),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Source {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.endpoint.is_empty() {
            len += 1;
        }
        if self.available {
            len += 1;
        }
        if !self.error.is_empty() {
            len += 1;
        }
        if self.lookups != 0 {
            len += 1;
        }
        if self.failures != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Source", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.endpoint.is_empty() {
            struct_ser.serialize_field("endpoint", &self.endpoint)?;
        }
        if self.available {
            struct_ser.serialize_field("available", &self.available)?;
        }
        if !self.error.is_empty() {
            struct_ser.serialize_field("error", &self.error)?;
        }
        if self.lookups != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lookups", ToString::to_string(&self.lookups).as_str())?;
        }
        if self.failures != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("failures", ToString::to_string(&self.failures).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Source {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "endpoint",
            "available",
            "error",
            "lookups",
            "failures",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Endpoint,
            Available,
            Error,
            Lookups,
            Failures,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "endpoint" => Ok(GeneratedField::Endpoint),
                            "available" => Ok(GeneratedField::Available),
                            "error" => Ok(GeneratedField::Error),
                            "lookups" => Ok(GeneratedField::Lookups),
                            "failures" => Ok(GeneratedField::Failures),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Source;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Source")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Source, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut endpoint__ = None;
                let mut available__ = None;
                let mut error__ = None;
                let mut lookups__ = None;
                let mut failures__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Endpoint => {
                            if endpoint__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endpoint"));
                            }
                            endpoint__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Available => {
                            if available__.is_some() {
                                return Err(serde::de::Error::duplicate_field("available"));
                            }
                            available__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Error => {
                            if error__.is_some() {
                                return Err(serde::de::Error::duplicate_field("error"));
                            }
                            error__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Lookups => {
                            if lookups__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lookups"));
                            }
                            lookups__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Failures => {
                            if failures__.is_some() {
                                return Err(serde::de::Error::duplicate_field("failures"));
                            }
                            failures__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Source {
                    name: name__.unwrap_or_default(),
                    endpoint: endpoint__.unwrap_or_default(),
                    available: available__.unwrap_or_default(),
                    error: error__.unwrap_or_default(),
                    lookups: lookups__.unwrap_or_default(),
                    failures: failures__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Source", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Stages {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.read != 0 {
            len += 1;
        }
        if self.undecodable != 0 {
            len += 1;
        }
        if self.decoded != 0 {
            len += 1;
        }
        if self.events != 0 {
            len += 1;
        }
        if self.parked != 0 {
            len += 1;
        }
        if self.unparked_early != 0 {
            len += 1;
        }
        if self.losses != 0 {
            len += 1;
        }
        if self.published != 0 {
            len += 1;
        }
        if self.findings != 0 {
            len += 1;
        }
        if self.findings_new != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Stages", len)?;
        if self.read != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("read", ToString::to_string(&self.read).as_str())?;
        }
        if self.undecodable != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("undecodable", ToString::to_string(&self.undecodable).as_str())?;
        }
        if self.decoded != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("decoded", ToString::to_string(&self.decoded).as_str())?;
        }
        if self.events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("events", ToString::to_string(&self.events).as_str())?;
        }
        if self.parked != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("parked", ToString::to_string(&self.parked).as_str())?;
        }
        if self.unparked_early != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("unparked_early", ToString::to_string(&self.unparked_early).as_str())?;
        }
        if self.losses != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("losses", ToString::to_string(&self.losses).as_str())?;
        }
        if self.published != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("published", ToString::to_string(&self.published).as_str())?;
        }
        if self.findings != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("findings", ToString::to_string(&self.findings).as_str())?;
        }
        if self.findings_new != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("findings_new", ToString::to_string(&self.findings_new).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Stages {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "read",
            "undecodable",
            "decoded",
            "events",
            "parked",
            "unparked_early",
            "unparkedEarly",
            "losses",
            "published",
            "findings",
            "findings_new",
            "findingsNew",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Read,
            Undecodable,
            Decoded,
            Events,
            Parked,
            UnparkedEarly,
            Losses,
            Published,
            Findings,
            FindingsNew,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "read" => Ok(GeneratedField::Read),
                            "undecodable" => Ok(GeneratedField::Undecodable),
                            "decoded" => Ok(GeneratedField::Decoded),
                            "events" => Ok(GeneratedField::Events),
                            "parked" => Ok(GeneratedField::Parked),
                            "unparkedEarly" | "unparked_early" => Ok(GeneratedField::UnparkedEarly),
                            "losses" => Ok(GeneratedField::Losses),
                            "published" => Ok(GeneratedField::Published),
                            "findings" => Ok(GeneratedField::Findings),
                            "findingsNew" | "findings_new" => Ok(GeneratedField::FindingsNew),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Stages;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Stages")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Stages, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut read__ = None;
                let mut undecodable__ = None;
                let mut decoded__ = None;
                let mut events__ = None;
                let mut parked__ = None;
                let mut unparked_early__ = None;
                let mut losses__ = None;
                let mut published__ = None;
                let mut findings__ = None;
                let mut findings_new__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Read => {
                            if read__.is_some() {
                                return Err(serde::de::Error::duplicate_field("read"));
                            }
                            read__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Undecodable => {
                            if undecodable__.is_some() {
                                return Err(serde::de::Error::duplicate_field("undecodable"));
                            }
                            undecodable__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Decoded => {
                            if decoded__.is_some() {
                                return Err(serde::de::Error::duplicate_field("decoded"));
                            }
                            decoded__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Parked => {
                            if parked__.is_some() {
                                return Err(serde::de::Error::duplicate_field("parked"));
                            }
                            parked__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::UnparkedEarly => {
                            if unparked_early__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unparkedEarly"));
                            }
                            unparked_early__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Losses => {
                            if losses__.is_some() {
                                return Err(serde::de::Error::duplicate_field("losses"));
                            }
                            losses__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Published => {
                            if published__.is_some() {
                                return Err(serde::de::Error::duplicate_field("published"));
                            }
                            published__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Findings => {
                            if findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findings"));
                            }
                            findings__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::FindingsNew => {
                            if findings_new__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findingsNew"));
                            }
                            findings_new__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Stages {
                    read: read__.unwrap_or_default(),
                    undecodable: undecodable__.unwrap_or_default(),
                    decoded: decoded__.unwrap_or_default(),
                    events: events__.unwrap_or_default(),
                    parked: parked__.unwrap_or_default(),
                    unparked_early: unparked_early__.unwrap_or_default(),
                    losses: losses__.unwrap_or_default(),
                    published: published__.unwrap_or_default(),
                    findings: findings__.unwrap_or_default(),
                    findings_new: findings_new__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Stages", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Status {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.version.is_empty() {
            len += 1;
        }
        if !self.kernel.is_empty() {
            len += 1;
        }
        if !self.node.is_empty() {
            len += 1;
        }
        if !self.boot_id.is_empty() {
            len += 1;
        }
        if self.pid != 0 {
            len += 1;
        }
        if self.started.is_some() {
            len += 1;
        }
        if self.taken.is_some() {
            len += 1;
        }
        if self.ready_after_ns != 0 {
            len += 1;
        }
        if !self.sensors.is_empty() {
            len += 1;
        }
        if !self.hooks.is_empty() {
            len += 1;
        }
        if !self.rings.is_empty() {
            len += 1;
        }
        if self.stages.is_some() {
            len += 1;
        }
        if !self.tables.is_empty() {
            len += 1;
        }
        if !self.self_check.is_empty() {
            len += 1;
        }
        if !self.blind.is_empty() {
            len += 1;
        }
        if !self.sources.is_empty() {
            len += 1;
        }
        if self.delivery.is_some() {
            len += 1;
        }
        if !self.subscribers.is_empty() {
            len += 1;
        }
        if self.findings_file.is_some() {
            len += 1;
        }
        if !self.rules.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Status", len)?;
        if !self.version.is_empty() {
            struct_ser.serialize_field("version", &self.version)?;
        }
        if !self.kernel.is_empty() {
            struct_ser.serialize_field("kernel", &self.kernel)?;
        }
        if !self.node.is_empty() {
            struct_ser.serialize_field("node", &self.node)?;
        }
        if !self.boot_id.is_empty() {
            struct_ser.serialize_field("boot_id", &self.boot_id)?;
        }
        if self.pid != 0 {
            struct_ser.serialize_field("pid", &self.pid)?;
        }
        if let Some(v) = self.started.as_ref() {
            struct_ser.serialize_field("started", v)?;
        }
        if let Some(v) = self.taken.as_ref() {
            struct_ser.serialize_field("taken", v)?;
        }
        if self.ready_after_ns != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("ready_after_ns", ToString::to_string(&self.ready_after_ns).as_str())?;
        }
        if !self.sensors.is_empty() {
            struct_ser.serialize_field("sensors", &self.sensors)?;
        }
        if !self.hooks.is_empty() {
            struct_ser.serialize_field("hooks", &self.hooks)?;
        }
        if !self.rings.is_empty() {
            struct_ser.serialize_field("rings", &self.rings)?;
        }
        if let Some(v) = self.stages.as_ref() {
            struct_ser.serialize_field("stages", v)?;
        }
        if !self.tables.is_empty() {
            struct_ser.serialize_field("tables", &self.tables)?;
        }
        if !self.self_check.is_empty() {
            struct_ser.serialize_field("self_check", &self.self_check)?;
        }
        if !self.blind.is_empty() {
            struct_ser.serialize_field("blind", &self.blind)?;
        }
        if !self.sources.is_empty() {
            struct_ser.serialize_field("sources", &self.sources)?;
        }
        if let Some(v) = self.delivery.as_ref() {
            struct_ser.serialize_field("delivery", v)?;
        }
        if !self.subscribers.is_empty() {
            struct_ser.serialize_field("subscribers", &self.subscribers)?;
        }
        if let Some(v) = self.findings_file.as_ref() {
            struct_ser.serialize_field("findings_file", v)?;
        }
        if !self.rules.is_empty() {
            struct_ser.serialize_field("rules", &self.rules)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Status {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "version",
            "kernel",
            "node",
            "boot_id",
            "bootId",
            "pid",
            "started",
            "taken",
            "ready_after_ns",
            "readyAfterNs",
            "sensors",
            "hooks",
            "rings",
            "stages",
            "tables",
            "self_check",
            "selfCheck",
            "blind",
            "sources",
            "delivery",
            "subscribers",
            "findings_file",
            "findingsFile",
            "rules",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Version,
            Kernel,
            Node,
            BootId,
            Pid,
            Started,
            Taken,
            ReadyAfterNs,
            Sensors,
            Hooks,
            Rings,
            Stages,
            Tables,
            SelfCheck,
            Blind,
            Sources,
            Delivery,
            Subscribers,
            FindingsFile,
            Rules,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "version" => Ok(GeneratedField::Version),
                            "kernel" => Ok(GeneratedField::Kernel),
                            "node" => Ok(GeneratedField::Node),
                            "bootId" | "boot_id" => Ok(GeneratedField::BootId),
                            "pid" => Ok(GeneratedField::Pid),
                            "started" => Ok(GeneratedField::Started),
                            "taken" => Ok(GeneratedField::Taken),
                            "readyAfterNs" | "ready_after_ns" => Ok(GeneratedField::ReadyAfterNs),
                            "sensors" => Ok(GeneratedField::Sensors),
                            "hooks" => Ok(GeneratedField::Hooks),
                            "rings" => Ok(GeneratedField::Rings),
                            "stages" => Ok(GeneratedField::Stages),
                            "tables" => Ok(GeneratedField::Tables),
                            "selfCheck" | "self_check" => Ok(GeneratedField::SelfCheck),
                            "blind" => Ok(GeneratedField::Blind),
                            "sources" => Ok(GeneratedField::Sources),
                            "delivery" => Ok(GeneratedField::Delivery),
                            "subscribers" => Ok(GeneratedField::Subscribers),
                            "findingsFile" | "findings_file" => Ok(GeneratedField::FindingsFile),
                            "rules" => Ok(GeneratedField::Rules),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Status;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Status")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Status, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut version__ = None;
                let mut kernel__ = None;
                let mut node__ = None;
                let mut boot_id__ = None;
                let mut pid__ = None;
                let mut started__ = None;
                let mut taken__ = None;
                let mut ready_after_ns__ = None;
                let mut sensors__ = None;
                let mut hooks__ = None;
                let mut rings__ = None;
                let mut stages__ = None;
                let mut tables__ = None;
                let mut self_check__ = None;
                let mut blind__ = None;
                let mut sources__ = None;
                let mut delivery__ = None;
                let mut subscribers__ = None;
                let mut findings_file__ = None;
                let mut rules__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kernel => {
                            if kernel__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kernel"));
                            }
                            kernel__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Node => {
                            if node__.is_some() {
                                return Err(serde::de::Error::duplicate_field("node"));
                            }
                            node__ = Some(map_.next_value()?);
                        }
                        GeneratedField::BootId => {
                            if boot_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bootId"));
                            }
                            boot_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Pid => {
                            if pid__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pid"));
                            }
                            pid__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Started => {
                            if started__.is_some() {
                                return Err(serde::de::Error::duplicate_field("started"));
                            }
                            started__ = map_.next_value()?;
                        }
                        GeneratedField::Taken => {
                            if taken__.is_some() {
                                return Err(serde::de::Error::duplicate_field("taken"));
                            }
                            taken__ = map_.next_value()?;
                        }
                        GeneratedField::ReadyAfterNs => {
                            if ready_after_ns__.is_some() {
                                return Err(serde::de::Error::duplicate_field("readyAfterNs"));
                            }
                            ready_after_ns__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Sensors => {
                            if sensors__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sensors"));
                            }
                            sensors__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Hooks => {
                            if hooks__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hooks"));
                            }
                            hooks__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Rings => {
                            if rings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rings"));
                            }
                            rings__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stages => {
                            if stages__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stages"));
                            }
                            stages__ = map_.next_value()?;
                        }
                        GeneratedField::Tables => {
                            if tables__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tables"));
                            }
                            tables__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SelfCheck => {
                            if self_check__.is_some() {
                                return Err(serde::de::Error::duplicate_field("selfCheck"));
                            }
                            self_check__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Blind => {
                            if blind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("blind"));
                            }
                            blind__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sources => {
                            if sources__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sources"));
                            }
                            sources__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Delivery => {
                            if delivery__.is_some() {
                                return Err(serde::de::Error::duplicate_field("delivery"));
                            }
                            delivery__ = map_.next_value()?;
                        }
                        GeneratedField::Subscribers => {
                            if subscribers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subscribers"));
                            }
                            subscribers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FindingsFile => {
                            if findings_file__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findingsFile"));
                            }
                            findings_file__ = map_.next_value()?;
                        }
                        GeneratedField::Rules => {
                            if rules__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rules"));
                            }
                            rules__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Status {
                    version: version__.unwrap_or_default(),
                    kernel: kernel__.unwrap_or_default(),
                    node: node__.unwrap_or_default(),
                    boot_id: boot_id__.unwrap_or_default(),
                    pid: pid__.unwrap_or_default(),
                    started: started__,
                    taken: taken__,
                    ready_after_ns: ready_after_ns__.unwrap_or_default(),
                    sensors: sensors__.unwrap_or_default(),
                    hooks: hooks__.unwrap_or_default(),
                    rings: rings__.unwrap_or_default(),
                    stages: stages__,
                    tables: tables__.unwrap_or_default(),
                    self_check: self_check__.unwrap_or_default(),
                    blind: blind__.unwrap_or_default(),
                    sources: sources__.unwrap_or_default(),
                    delivery: delivery__,
                    subscribers: subscribers__.unwrap_or_default(),
                    findings_file: findings_file__,
                    rules: rules__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Status", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Subscriber {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.id != 0 {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if self.events.is_some() {
            len += 1;
        }
        if self.findings.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Subscriber", len)?;
        if self.id != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("id", ToString::to_string(&self.id).as_str())?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if let Some(v) = self.events.as_ref() {
            struct_ser.serialize_field("events", v)?;
        }
        if let Some(v) = self.findings.as_ref() {
            struct_ser.serialize_field("findings", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Subscriber {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "name",
            "events",
            "findings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Name,
            Events,
            Findings,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "name" => Ok(GeneratedField::Name),
                            "events" => Ok(GeneratedField::Events),
                            "findings" => Ok(GeneratedField::Findings),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Subscriber;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Subscriber")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Subscriber, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut name__ = None;
                let mut events__ = None;
                let mut findings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = map_.next_value()?;
                        }
                        GeneratedField::Findings => {
                            if findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findings"));
                            }
                            findings__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Subscriber {
                    id: id__.unwrap_or_default(),
                    name: name__.unwrap_or_default(),
                    events: events__,
                    findings: findings__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Subscriber", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Table {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.entries != 0 {
            len += 1;
        }
        if self.capacity != 0 {
            len += 1;
        }
        if self.evicted != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Table", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.entries != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("entries", ToString::to_string(&self.entries).as_str())?;
        }
        if self.capacity != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("capacity", ToString::to_string(&self.capacity).as_str())?;
        }
        if self.evicted != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("evicted", ToString::to_string(&self.evicted).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Table {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "entries",
            "capacity",
            "evicted",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Entries,
            Capacity,
            Evicted,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "entries" => Ok(GeneratedField::Entries),
                            "capacity" => Ok(GeneratedField::Capacity),
                            "evicted" => Ok(GeneratedField::Evicted),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Table;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Table")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Table, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut entries__ = None;
                let mut capacity__ = None;
                let mut evicted__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Entries => {
                            if entries__.is_some() {
                                return Err(serde::de::Error::duplicate_field("entries"));
                            }
                            entries__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Capacity => {
                            if capacity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("capacity"));
                            }
                            capacity__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Evicted => {
                            if evicted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("evicted"));
                            }
                            evicted__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Table {
                    name: name__.unwrap_or_default(),
                    entries: entries__.unwrap_or_default(),
                    capacity: capacity__.unwrap_or_default(),
                    evicted: evicted__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Table", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Tags {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.attack.is_empty() {
            len += 1;
        }
        if !self.iso27001.is_empty() {
            len += 1;
        }
        if !self.soc2.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Tags", len)?;
        if !self.attack.is_empty() {
            struct_ser.serialize_field("attack", &self.attack)?;
        }
        if !self.iso27001.is_empty() {
            struct_ser.serialize_field("iso27001", &self.iso27001)?;
        }
        if !self.soc2.is_empty() {
            struct_ser.serialize_field("soc2", &self.soc2)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Tags {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "attack",
            "iso27001",
            "soc2",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Attack,
            Iso27001,
            Soc2,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "attack" => Ok(GeneratedField::Attack),
                            "iso27001" => Ok(GeneratedField::Iso27001),
                            "soc2" => Ok(GeneratedField::Soc2),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Tags;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Tags")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Tags, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut attack__ = None;
                let mut iso27001__ = None;
                let mut soc2__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Attack => {
                            if attack__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attack"));
                            }
                            attack__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Iso27001 => {
                            if iso27001__.is_some() {
                                return Err(serde::de::Error::duplicate_field("iso27001"));
                            }
                            iso27001__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Soc2 => {
                            if soc2__.is_some() {
                                return Err(serde::de::Error::duplicate_field("soc2"));
                            }
                            soc2__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Tags {
                    attack: attack__.unwrap_or_default(),
                    iso27001: iso27001__.unwrap_or_default(),
                    soc2: soc2__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Tags", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Unknown {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.cgroup_path.is_empty() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.Unknown", len)?;
        if !self.cgroup_path.is_empty() {
            struct_ser.serialize_field("cgroup_path", &self.cgroup_path)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Unknown {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cgroup_path",
            "cgroupPath",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            CgroupPath,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cgroupPath" | "cgroup_path" => Ok(GeneratedField::CgroupPath),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Unknown;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.Unknown")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Unknown, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cgroup_path__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::CgroupPath => {
                            if cgroup_path__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cgroupPath"));
                            }
                            cgroup_path__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Unknown {
                    cgroup_path: cgroup_path__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.Unknown", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WatchRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.filter.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.WatchRequest", len)?;
        if let Some(v) = self.filter.as_ref() {
            struct_ser.serialize_field("filter", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WatchRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "filter",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Filter,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "filter" => Ok(GeneratedField::Filter),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WatchRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.WatchRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WatchRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut filter__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Filter => {
                            if filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filter"));
                            }
                            filter__ = map_.next_value()?;
                        }
                    }
                }
                Ok(WatchRequest {
                    filter: filter__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.WatchRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WatchResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.message.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("lunette.v1.WatchResponse", len)?;
        if let Some(v) = self.message.as_ref() {
            match v {
                watch_response::Message::Hello(v) => {
                    struct_ser.serialize_field("hello", v)?;
                }
                watch_response::Message::Event(v) => {
                    struct_ser.serialize_field("event", v)?;
                }
                watch_response::Message::Finding(v) => {
                    struct_ser.serialize_field("finding", v)?;
                }
                watch_response::Message::Lost(v) => {
                    struct_ser.serialize_field("lost", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WatchResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "hello",
            "event",
            "finding",
            "lost",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Hello,
            Event,
            Finding,
            Lost,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "hello" => Ok(GeneratedField::Hello),
                            "event" => Ok(GeneratedField::Event),
                            "finding" => Ok(GeneratedField::Finding),
                            "lost" => Ok(GeneratedField::Lost),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WatchResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct lunette.v1.WatchResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WatchResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut message__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Hello => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hello"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(watch_response::Message::Hello)
;
                        }
                        GeneratedField::Event => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("event"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(watch_response::Message::Event)
;
                        }
                        GeneratedField::Finding => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("finding"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(watch_response::Message::Finding)
;
                        }
                        GeneratedField::Lost => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lost"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(watch_response::Message::Lost)
;
                        }
                    }
                }
                Ok(WatchResponse {
                    message: message__,
                })
            }
        }
        deserializer.deserialize_struct("lunette.v1.WatchResponse", FIELDS, GeneratedVisitor)
    }
}
